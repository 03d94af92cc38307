-- Designs with every revision, brand kits, and the pictures that are rendered from designs.

CREATE TABLE brands (
    id              TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations(id),
    user_id         TEXT NOT NULL REFERENCES users(id),
    name            TEXT NOT NULL,
    kit             TEXT NOT NULL,              -- colours, fonts, logos, voice
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL
);
CREATE INDEX brands_by_organization ON brands (organization_id, id);

CREATE TABLE designs (
    id              TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations(id),
    user_id         TEXT NOT NULL REFERENCES users(id),
    project_id      TEXT REFERENCES projects(id),
    brand_id        TEXT REFERENCES brands(id),
    name            TEXT NOT NULL,
    width           INTEGER NOT NULL,           -- of the newest revision, as is the next
    height          INTEGER NOT NULL,
    is_valid        INTEGER NOT NULL,
    version         INTEGER NOT NULL DEFAULT 1, -- of the newest revision
    is_deleted      INTEGER NOT NULL DEFAULT 0, -- its revisions stay: exports under way render them
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL
);
CREATE INDEX designs_by_organization ON designs (organization_id, id);
CREATE INDEX designs_by_project ON designs (project_id) WHERE project_id IS NOT NULL;
CREATE INDEX designs_by_brand ON designs (brand_id) WHERE brand_id IS NOT NULL;

-- Written once, never changed.
CREATE TABLE design_revisions (
    design_id       TEXT NOT NULL REFERENCES designs(id),
    version         INTEGER NOT NULL,
    organization_id TEXT NOT NULL,
    user_id         TEXT NOT NULL REFERENCES users(id),
    origin          TEXT NOT NULL CHECK (origin IN ('create', 'patch', 'replace', 'brand', 'restore', 'duplicate')),
    source          TEXT,                       -- what a restored or duplicated one was copied from
    is_valid        INTEGER NOT NULL,
    document        TEXT NOT NULL,
    repair_log      TEXT NOT NULL,
    created_at      BIGINT NOT NULL,
    PRIMARY KEY (design_id, version)
);

-- A generated picture comes from a photo or from a design.
ALTER TABLE generated_assets
    ALTER COLUMN source_asset_id DROP NOT NULL,
    ADD COLUMN design_id TEXT REFERENCES designs(id),
    ADD COLUMN design_version INTEGER,
    DROP CONSTRAINT generated_assets_strategy_check,
    ADD CONSTRAINT generated_assets_strategy_check CHECK (strategy IN ('crop', 'extend', 'render', 'relayout')),
    ADD CONSTRAINT generated_assets_one_source
        CHECK ((source_asset_id IS NULL) <> (design_id IS NULL) AND (design_id IS NULL) = (design_version IS NULL));
CREATE INDEX generated_assets_by_design ON generated_assets (design_id) WHERE design_id IS NOT NULL;
