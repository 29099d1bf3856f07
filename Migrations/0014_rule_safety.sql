-- How much a rule may do within an hour, and whether it has done more. Nobody edits these, so they leave `revision` alone.
ALTER TABLE scripts
    ADD COLUMN live_since timestamptz,
    ADD COLUMN effects_per_hour integer,
    ADD COLUMN paused_at timestamptz,
    ADD CONSTRAINT scripts_effects_per_hour_range CHECK (effects_per_hour BETWEEN 1 AND 1000000);

-- What rules did, minute by minute.
CREATE TABLE script_effects (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    script_id uuid NOT NULL,
    minute timestamptz NOT NULL,
    effects integer NOT NULL,
    PRIMARY KEY (tenant_id, script_id, minute),
    CONSTRAINT script_effects_script FOREIGN KEY (tenant_id, script_id) REFERENCES scripts (tenant_id, id)
);
CREATE INDEX script_effects_age ON script_effects (minute);
CALL secure_tenant_table('script_effects');

-- Runs of paused rules: their effects wait for an administrator.
CREATE TABLE script_held (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    run_id uuid NOT NULL,
    script_id uuid NOT NULL,
    depth integer NOT NULL,
    state text NOT NULL DEFAULT 'waiting',
    held_at timestamptz NOT NULL,
    decided_by uuid,
    decided_at timestamptz,
    problem text,
    PRIMARY KEY (tenant_id, run_id),
    CONSTRAINT script_held_run FOREIGN KEY (tenant_id, run_id) REFERENCES script_runs (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT script_held_state_known CHECK (state IN ('waiting', 'released', 'discarded'))
);
CREATE INDEX script_held_by_script ON script_held (tenant_id, script_id, state, run_id);
CALL secure_tenant_table('script_held', 'SELECT, INSERT, UPDATE');

-- A version that runs beside the live one without doing anything, and how its runs compare.
ALTER TABLE scripts
    ADD COLUMN shadow_version integer,
    ADD COLUMN shadow_since timestamptz;
ALTER TABLE script_runs
    ADD COLUMN mode text NOT NULL DEFAULT 'live',
    ADD COLUMN diverges boolean,
    ADD COLUMN compared json,
    DROP CONSTRAINT script_runs_once,
    ADD CONSTRAINT script_runs_once UNIQUE (tenant_id, script_id, hook, occasion, mode),
    ADD CONSTRAINT script_runs_mode_known CHECK (mode IN ('live', 'shadow'));
CREATE INDEX script_runs_in_shadow ON script_runs (tenant_id, script_id, version_id, id DESC) INCLUDE (ran_at, diverges) WHERE mode = 'shadow';
