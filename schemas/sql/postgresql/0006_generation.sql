-- Designs that the engine makes or edits, pictures that were made from recipes, and the recipes themselves.

ALTER TABLE design_revisions
    DROP CONSTRAINT design_revisions_origin_check,
    ADD CONSTRAINT design_revisions_origin_check
        CHECK (origin IN ('create', 'patch', 'replace', 'brand', 'restore', 'duplicate', 'generate', 'edit', 'pictures'));

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
