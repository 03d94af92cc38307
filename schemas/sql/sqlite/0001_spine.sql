-- Times are epoch milliseconds of the database's clock (atelier_now()); JSON is text; booleans are 0 or 1.
-- Every row that a user can reach carries organization_id.

CREATE TABLE organizations (
    id            TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    plan          TEXT NOT NULL DEFAULT 'standard' CHECK (plan IN ('standard', 'premium')),
    balance       BIGINT NOT NULL DEFAULT 0 CHECK (balance >= 0),
    rule_revision BIGINT NOT NULL DEFAULT 1,
    created_at    BIGINT NOT NULL
);

CREATE TABLE users (
    id              TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations(id),
    email           TEXT NOT NULL UNIQUE,
    username        TEXT,
    password_hash   TEXT NOT NULL,
    role            TEXT NOT NULL CHECK (role IN ('user', 'admin')),
    is_active       INTEGER NOT NULL DEFAULT 1,
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL
);
CREATE INDEX users_by_organization ON users (organization_id, id);

-- One row per refresh token ever issued; a family is one login and its rotations.
CREATE TABLE refresh_tokens (
    token_hash TEXT PRIMARY KEY,
    family_id  TEXT NOT NULL,
    user_id    TEXT NOT NULL REFERENCES users(id),
    expires_at BIGINT NOT NULL,
    used_at    BIGINT,
    revoked_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family_id);
CREATE INDEX refresh_tokens_by_user ON refresh_tokens (user_id);

CREATE TABLE idempotency_keys (
    scope        TEXT NOT NULL,             -- organization, or the address for anonymous requests
    key          TEXT NOT NULL,
    request_hash TEXT NOT NULL,             -- method, path and canonical body
    status       INTEGER,                   -- null while the first request still runs
    response     TEXT,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

CREATE TABLE assets (
    id              TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations(id),
    user_id         TEXT NOT NULL REFERENCES users(id),
    filename        TEXT NOT NULL,
    content_type    TEXT NOT NULL,
    size_bytes      BIGINT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('awaiting_upload', 'ready', 'deleted')),
    object_key      TEXT NOT NULL,
    preview_key     TEXT,
    width           INTEGER,                -- upright
    height          INTEGER,
    orientation     INTEGER,                -- EXIF, 1 to 8
    sha256          TEXT,
    moderation      TEXT NOT NULL DEFAULT 'pending'
                    CHECK (moderation IN ('pending', 'approved', 'flagged', 'released', 'rejected')),
    is_nsfw         INTEGER,
    scores          TEXT,
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL
);
CREATE INDEX assets_by_organization ON assets (organization_id, id);

-- What analysis found; replaced when a photo is analysed again.
CREATE TABLE asset_analyses (
    asset_id        TEXT PRIMARY KEY REFERENCES assets(id),
    organization_id TEXT NOT NULL,
    elements        TEXT NOT NULL,
    palette         TEXT NOT NULL,
    sharpness       DOUBLE PRECISION NOT NULL,
    details         TEXT NOT NULL,
    analyzed_at     BIGINT NOT NULL
);

-- The elements ranked by the organization's rules of one revision: a cache, refreshed when the revision moves on.
CREATE TABLE asset_rankings (
    asset_id        TEXT PRIMARY KEY REFERENCES assets(id),
    organization_id TEXT NOT NULL,
    rule_revision   BIGINT NOT NULL,
    ranked          TEXT NOT NULL,
    ranked_at       BIGINT NOT NULL
);

CREATE TABLE projects (
    id              TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations(id),
    user_id         TEXT NOT NULL REFERENCES users(id),
    name            TEXT NOT NULL,
    is_deleted      INTEGER NOT NULL DEFAULT 0,
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL
);
CREATE INDEX projects_by_organization ON projects (organization_id, id);

CREATE TABLE project_assets (
    project_id TEXT NOT NULL REFERENCES projects(id),
    asset_id   TEXT NOT NULL REFERENCES assets(id),
    position   INTEGER NOT NULL,
    PRIMARY KEY (project_id, asset_id)
);
CREATE INDEX project_assets_by_asset ON project_assets (asset_id);

CREATE TABLE platforms (
    id              TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations(id),
    slug            TEXT NOT NULL,
    name            TEXT NOT NULL,
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL,
    UNIQUE (organization_id, slug)
);

CREATE TABLE formats (
    id              TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations(id),
    platform_id     TEXT REFERENCES platforms(id),
    slug            TEXT NOT NULL,
    name            TEXT NOT NULL,
    type            TEXT NOT NULL CHECK (type IN ('resizing', 'repurposing')),
    width           INTEGER NOT NULL,
    height          INTEGER NOT NULL,
    content_type    TEXT NOT NULL,
    quality         INTEGER NOT NULL,
    max_bytes       BIGINT,
    is_active       INTEGER NOT NULL DEFAULT 1,
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL,
    UNIQUE (organization_id, slug)
);

CREATE TABLE text_style_sets (
    id              TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations(id),
    name            TEXT NOT NULL,
    definition      TEXT NOT NULL,
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL
);
CREATE INDEX text_style_sets_by_organization ON text_style_sets (organization_id, id);

-- Ranking and moderation rules; at most one of each kind is active in an organization.
CREATE TABLE rules (
    id              TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations(id),
    kind            TEXT NOT NULL CHECK (kind IN ('ranking', 'moderation')),
    name            TEXT NOT NULL,
    definition      TEXT NOT NULL,
    is_active       INTEGER NOT NULL DEFAULT 0,
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL
);
CREATE INDEX rules_by_organization ON rules (organization_id, id);
CREATE UNIQUE INDEX rules_one_active ON rules (organization_id, kind) WHERE is_active = 1;

CREATE TABLE jobs (
    id              TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations(id),
    user_id         TEXT NOT NULL REFERENCES users(id),
    project_id      TEXT REFERENCES projects(id),
    kind            TEXT NOT NULL,
    lane            TEXT NOT NULL CHECK (lane IN ('primary', 'priority')),
    state           TEXT NOT NULL CHECK (state IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
    phase           TEXT NOT NULL,
    progress        INTEGER NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
    input           TEXT NOT NULL,
    result          TEXT,
    error           TEXT,
    price           BIGINT NOT NULL CHECK (price >= 0),
    round           INTEGER NOT NULL DEFAULT 1,   -- credit rounds: one more with every requeue
    last_seq        BIGINT NOT NULL DEFAULT 0,
    created_at      BIGINT NOT NULL,
    started_at      BIGINT,
    finished_at     BIGINT
);
CREATE INDEX jobs_by_organization ON jobs (organization_id, id);
CREATE INDEX jobs_by_project ON jobs (project_id, id);

-- Outbox, retry schedule and truth of the work; a message only carries an id of this table.
CREATE TABLE tasks (
    id              TEXT PRIMARY KEY,
    job_id          TEXT NOT NULL REFERENCES jobs(id),
    organization_id TEXT NOT NULL,
    step            TEXT NOT NULL,
    ordinal         INTEGER NOT NULL,
    stage           TEXT NOT NULL,
    lane            TEXT NOT NULL,
    state           TEXT NOT NULL
                    CHECK (state IN ('ready', 'queued', 'running', 'done', 'dead', 'held', 'cancelled', 'discarded')),
    input           TEXT NOT NULL,
    output          TEXT,
    error           TEXT,
    attempt         INTEGER NOT NULL DEFAULT 0,
    max_attempts    INTEGER NOT NULL,
    fence           BIGINT NOT NULL DEFAULT 0,
    dispatch        INTEGER NOT NULL DEFAULT 1,
    not_before      BIGINT NOT NULL,
    dispatched_at   BIGINT,
    lease_until     BIGINT,
    worker          TEXT,
    progress        DOUBLE PRECISION NOT NULL DEFAULT 0,
    created_at      BIGINT NOT NULL,
    started_at      BIGINT,
    finished_at     BIGINT,
    UNIQUE (job_id, step, ordinal)
);
CREATE INDEX tasks_ready ON tasks (not_before) WHERE state = 'ready';
CREATE INDEX tasks_queued ON tasks (dispatched_at) WHERE state = 'queued';
CREATE INDEX tasks_running ON tasks (lease_until) WHERE state = 'running';
CREATE INDEX tasks_dead ON tasks (finished_at) WHERE state = 'dead';

CREATE TABLE job_events (
    job_id     TEXT NOT NULL REFERENCES jobs(id),
    seq        BIGINT NOT NULL,
    type       TEXT NOT NULL,
    data       TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (job_id, seq)
);

-- The ledger: a reserve per (job, round), then exactly one settle or refund.
CREATE TABLE credit_transactions (
    id              TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations(id),
    user_id         TEXT,
    job_id          TEXT REFERENCES jobs(id),
    round           INTEGER,
    type            TEXT NOT NULL CHECK (type IN ('grant', 'reserve', 'settle', 'refund')),
    amount          BIGINT NOT NULL,            -- change of the balance; a settle changes nothing
    balance_after   BIGINT NOT NULL,
    note            TEXT,
    created_at      BIGINT NOT NULL
);
CREATE INDEX credit_transactions_by_organization ON credit_transactions (organization_id, id);
CREATE UNIQUE INDEX credit_one_reserve ON credit_transactions (job_id, round) WHERE type = 'reserve';
CREATE UNIQUE INDEX credit_one_end ON credit_transactions (job_id, round) WHERE type IN ('settle', 'refund');

CREATE TABLE generated_assets (
    id              TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations(id),
    project_id      TEXT REFERENCES projects(id),
    job_id          TEXT NOT NULL REFERENCES jobs(id),
    source_asset_id TEXT NOT NULL REFERENCES assets(id),
    format          TEXT NOT NULL,              -- the format as it was when the picture was made
    request         TEXT NOT NULL,              -- what it takes to render it again: texts, style set, fill
    width           INTEGER NOT NULL,
    height          INTEGER NOT NULL,
    content_type    TEXT NOT NULL,
    size_bytes      BIGINT NOT NULL,
    sha256          TEXT NOT NULL,
    object_key      TEXT NOT NULL,
    preview_key     TEXT,
    strategy        TEXT NOT NULL CHECK (strategy IN ('crop', 'extend')),
    elements_kept   TEXT NOT NULL,
    report          TEXT NOT NULL,              -- upscale factor, flags, text layout, milliseconds
    manual_edits    TEXT,
    version         INTEGER NOT NULL DEFAULT 1,
    moderation      TEXT NOT NULL DEFAULT 'pending'
                    CHECK (moderation IN ('pending', 'approved', 'flagged', 'released', 'rejected')),
    is_nsfw         INTEGER,
    scores          TEXT,
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL
);
CREATE INDEX generated_assets_by_job ON generated_assets (job_id, id);
CREATE INDEX generated_assets_by_organization ON generated_assets (organization_id, id);
CREATE INDEX generated_assets_by_source ON generated_assets (source_asset_id);
CREATE INDEX generated_assets_flagged ON generated_assets (organization_id, id) WHERE moderation = 'flagged';
