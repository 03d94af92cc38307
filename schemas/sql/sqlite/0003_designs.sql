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

-- A generated picture comes from a photo or from a design. SQLite changes a column's constraints by copying the table.
CREATE TABLE generated_assets_of_both (
    id              TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations(id),
    project_id      TEXT REFERENCES projects(id),
    job_id          TEXT NOT NULL REFERENCES jobs(id),
    source_asset_id TEXT REFERENCES assets(id),
    design_id       TEXT REFERENCES designs(id),
    design_version  INTEGER,
    format          TEXT NOT NULL,              -- the format as it was when the picture was made
    request         TEXT NOT NULL,              -- what it takes to render it again: texts, style set, fill
    width           INTEGER NOT NULL,
    height          INTEGER NOT NULL,
    content_type    TEXT NOT NULL,
    size_bytes      BIGINT NOT NULL,
    sha256          TEXT NOT NULL,
    object_key      TEXT NOT NULL,
    preview_key     TEXT,
    strategy        TEXT NOT NULL CHECK (strategy IN ('crop', 'extend', 'render', 'relayout')),
    elements_kept   TEXT NOT NULL,
    report          TEXT NOT NULL,              -- upscale factor, flags, text layout, milliseconds
    manual_edits    TEXT,
    version         INTEGER NOT NULL DEFAULT 1,
    moderation      TEXT NOT NULL DEFAULT 'pending'
                    CHECK (moderation IN ('pending', 'approved', 'flagged', 'released', 'rejected')),
    is_nsfw         INTEGER,
    scores          TEXT,
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL,
    CONSTRAINT generated_assets_one_source
        CHECK ((source_asset_id IS NULL) <> (design_id IS NULL) AND (design_id IS NULL) = (design_version IS NULL))
);
INSERT INTO generated_assets_of_both
    SELECT id, organization_id, project_id, job_id, source_asset_id, NULL, NULL, format, request, width, height, content_type,
           size_bytes, sha256, object_key, preview_key, strategy, elements_kept, report, manual_edits, version, moderation,
           is_nsfw, scores, created_at, updated_at
    FROM generated_assets;
DROP TABLE generated_assets;
ALTER TABLE generated_assets_of_both RENAME TO generated_assets;
CREATE INDEX generated_assets_by_job ON generated_assets (job_id, id);
CREATE INDEX generated_assets_by_organization ON generated_assets (organization_id, id);
CREATE INDEX generated_assets_by_source ON generated_assets (source_asset_id);
CREATE INDEX generated_assets_by_design ON generated_assets (design_id) WHERE design_id IS NOT NULL;
CREATE INDEX generated_assets_flagged ON generated_assets (organization_id, id) WHERE moderation = 'flagged';
