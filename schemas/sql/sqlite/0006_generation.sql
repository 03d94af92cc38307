-- Designs that the engine makes or edits, pictures that were made from recipes, and the recipes themselves.

-- SQLite changes a column's constraints by copying the table.
CREATE TABLE design_revisions_of_all (
    design_id       TEXT NOT NULL REFERENCES designs(id),
    version         INTEGER NOT NULL,
    organization_id TEXT NOT NULL,
    user_id         TEXT NOT NULL REFERENCES users(id),
    origin          TEXT NOT NULL
                    CHECK (origin IN ('create', 'patch', 'replace', 'brand', 'restore', 'duplicate', 'generate', 'edit',
                                      'pictures')),
    source          TEXT,                       -- what a revision was copied from, or what was asked for
    is_valid        INTEGER NOT NULL,
    document        TEXT NOT NULL,
    repair_log      TEXT NOT NULL,
    created_at      BIGINT NOT NULL,
    PRIMARY KEY (design_id, version)
);
INSERT INTO design_revisions_of_all
    SELECT design_id, version, organization_id, user_id, origin, source, is_valid, document, repair_log, created_at
    FROM design_revisions;
DROP TABLE design_revisions;
ALTER TABLE design_revisions_of_all RENAME TO design_revisions;

ALTER TABLE assets ADD COLUMN origin TEXT NOT NULL DEFAULT 'upload' CHECK (origin IN ('upload', 'generated'));

-- One picture a recipe and organization: whoever comes first makes it, the others take it.
CREATE TABLE image_recipes (
    organization_id TEXT NOT NULL REFERENCES organizations(id),
    hash            TEXT NOT NULL,              -- SHA-256 of the recipe's canonical JSON
    recipe          TEXT NOT NULL,
    task_id         TEXT NOT NULL,              -- who makes it, or made it, under which claim
    fence           BIGINT NOT NULL,
    asset_id        TEXT REFERENCES assets(id), -- once it is made
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL,
    PRIMARY KEY (organization_id, hash)
);
