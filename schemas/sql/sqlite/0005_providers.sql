-- Who does AI work and how well they are, what each call took, and what organizations may spend.

-- Providers as the workers find them in their file; all workers share these rows.
CREATE TABLE providers (
    id        TEXT PRIMARY KEY,
    vendor    TEXT NOT NULL,
    offers    TEXT NOT NULL,                    -- per capability: its position in the order, the model, whether it is priced
    rate_next BIGINT NOT NULL DEFAULT 0,        -- when the rate limit's debt is paid off; epoch microseconds
    seen_at   BIGINT NOT NULL                   -- when a worker last had it in its file
);

-- One circuit breaker each.
CREATE TABLE provider_health (
    provider        TEXT NOT NULL,
    capability      TEXT NOT NULL,
    state           TEXT NOT NULL DEFAULT 'closed' CHECK (state IN ('closed', 'open', 'half_open')),
    failures        INTEGER NOT NULL DEFAULT 0, -- in a row
    trips           INTEGER NOT NULL DEFAULT 0, -- in a row: each cools down for longer
    successes       INTEGER NOT NULL DEFAULT 0, -- of probes, in a row
    cooling_until   BIGINT NOT NULL DEFAULT 0,
    probe_until     BIGINT NOT NULL DEFAULT 0,  -- a probe is under way, or its worker died before then
    last_success_at BIGINT,
    last_failure_at BIGINT,
    last_failure    TEXT,                       -- its kind
    PRIMARY KEY (provider, capability)
);

CREATE TABLE provider_switches (
    organization_id TEXT NOT NULL,              -- or * for the whole fleet
    provider        TEXT NOT NULL,
    is_enabled      INTEGER NOT NULL,
    user_id         TEXT,                       -- who switched it; nobody: an operator
    switched_at     BIGINT NOT NULL,
    PRIMARY KEY (organization_id, provider)
);

CREATE TABLE provider_calls (
    id              TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations(id),
    job_id          TEXT REFERENCES jobs(id),
    provider        TEXT NOT NULL,
    model           TEXT NOT NULL,
    capability      TEXT NOT NULL,
    outcome         TEXT NOT NULL CHECK (outcome IN ('ok', 'transient', 'rate_limited', 'permanent', 'unsafe_prompt',
                                                     'malformed_output', 'cancelled')),
    status          INTEGER NOT NULL,           -- of HTTP; 0 where there was none
    duration_ms     BIGINT NOT NULL,
    input_tokens    BIGINT,
    output_tokens   BIGINT,
    images          INTEGER NOT NULL,
    cost_micro_usd  BIGINT,                     -- null: unknown
    created_at      BIGINT NOT NULL             -- when it ended
);
CREATE INDEX provider_calls_by_organization ON provider_calls (organization_id, created_at);
CREATE INDEX provider_calls_by_job ON provider_calls (job_id) WHERE job_id IS NOT NULL;

CREATE TABLE ai_budgets (
    organization_id   TEXT PRIMARY KEY REFERENCES organizations(id),
    monthly_micro_usd BIGINT CHECK (monthly_micro_usd >= 0),    -- null: no limit
    updated_at        BIGINT NOT NULL
);

-- What a budget has left is what neither this nor a reservation that has not lapsed holds.
CREATE TABLE ai_spending (
    organization_id TEXT NOT NULL REFERENCES organizations(id),
    month           TEXT NOT NULL,              -- UTC, 2026-11
    micro_usd       BIGINT NOT NULL,
    PRIMARY KEY (organization_id, month)
);

-- One a call under way of an organization that has a budget.
CREATE TABLE ai_reservations (
    id              TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations(id),
    micro_usd       BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL             -- then its worker is believed dead
);
CREATE INDEX ai_reservations_by_organization ON ai_reservations (organization_id);
CREATE INDEX ai_reservations_by_age ON ai_reservations (expires_at);
