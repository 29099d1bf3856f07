-- Pages through a replay's events in the order they happened.
DROP INDEX events_by_name;
CREATE INDEX events_by_name ON events (tenant_id, name, occurred_at, id);

-- A draft as it was when its replay was asked for, and how far the replay has come: cursor, tally and store are written batch by batch, so that another worker can go on.
CREATE TABLE script_replays (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    script_id uuid NOT NULL,
    source text NOT NULL,
    grants text[],
    modules jsonb NOT NULL,
    handlers jsonb NOT NULL,
    status text NOT NULL DEFAULT 'queued',
    reason text,
    from_at timestamptz,
    until_at timestamptz NOT NULL,
    last integer NOT NULL,
    total integer,
    processed integer NOT NULL DEFAULT 0,
    cursor_at timestamptz,
    cursor_id uuid,
    tally jsonb NOT NULL,
    store jsonb NOT NULL DEFAULT '{}',
    matrix jsonb NOT NULL DEFAULT '[]',
    requested_by uuid,
    created_at timestamptz NOT NULL,
    started_at timestamptz,
    finished_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT script_replays_script FOREIGN KEY (tenant_id, script_id) REFERENCES scripts (tenant_id, id),
    CONSTRAINT script_replays_status_known CHECK (status IN ('queued', 'running', 'completed', 'canceled', 'failed'))
);
CREATE UNIQUE INDEX script_replays_one_at_a_time ON script_replays (tenant_id, script_id) WHERE status IN ('queued', 'running');
CREATE INDEX script_replays_by_script ON script_replays (tenant_id, script_id, id DESC);
CREATE INDEX script_replays_age ON script_replays (created_at);
CALL secure_tenant_table('script_replays', 'SELECT, INSERT, UPDATE');

-- The events for which the draft would have done something else than was done.
CREATE TABLE script_replay_differences (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    replay_id uuid NOT NULL,
    number integer NOT NULL,
    event_id uuid NOT NULL,
    event_name text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    label text NOT NULL,
    occurred_at timestamptz NOT NULL,
    kinds text[] NOT NULL,
    outcome text NOT NULL,
    reason text,
    would jsonb NOT NULL,
    did jsonb NOT NULL,
    is_approximate boolean NOT NULL,
    PRIMARY KEY (tenant_id, replay_id, number),
    CONSTRAINT script_replay_differences_replay FOREIGN KEY (tenant_id, replay_id) REFERENCES script_replays (tenant_id, id) ON DELETE CASCADE
);
CALL secure_tenant_table('script_replay_differences', 'SELECT, INSERT');

-- While a replay runs: what the draft says of each subject, and what people then did. Counted into `matrix` at its end.
CREATE TABLE script_replay_verdicts (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    replay_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    verdict text NOT NULL,
    people text NOT NULL,
    PRIMARY KEY (tenant_id, replay_id, subject_id),
    CONSTRAINT script_replay_verdicts_replay FOREIGN KEY (tenant_id, replay_id) REFERENCES script_replays (tenant_id, id) ON DELETE CASCADE
);
CALL secure_tenant_table('script_replay_verdicts');

-- The most effects of an hour that the last replay foretold.
ALTER TABLE script_trials ADD COLUMN effects_per_hour integer;
