-- Erasures of people, and what each took out: the receipt. `subject` says who and what is theirs while the erasure runs, and goes with the rest.
CREATE TABLE erasures (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    number integer NOT NULL,
    user_id uuid,
    origin text NOT NULL,
    status text NOT NULL,
    requested_by uuid,
    requested_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    started_at timestamptz,
    completed_at timestamptz,
    subject jsonb,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT erasures_number_key UNIQUE (tenant_id, number),
    CONSTRAINT erasures_user FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    CONSTRAINT erasures_origin_known CHECK (origin IN ('person', 'administrator')),
    CONSTRAINT erasures_status_known CHECK (status IN ('pending', 'running', 'completed', 'withdrawn'))
);
CREATE UNIQUE INDEX erasures_one_at_a_time ON erasures (tenant_id, user_id) WHERE status IN ('pending', 'running');
CALL secure_tenant_table('erasures', 'SELECT, INSERT, UPDATE');

-- Each place with how many rows were changed or taken out, written with them; `reached` is how far an erasure has come in it.
CREATE TABLE erasure_places (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    erasure_id uuid NOT NULL,
    place text NOT NULL,
    rows integer NOT NULL,
    is_done boolean NOT NULL DEFAULT false,
    reached uuid,
    PRIMARY KEY (tenant_id, erasure_id, place),
    CONSTRAINT erasure_places_erasure FOREIGN KEY (tenant_id, erasure_id) REFERENCES erasures (tenant_id, id)
);
CALL secure_tenant_table('erasure_places', 'SELECT');

ALTER TABLE users ADD COLUMN erasure_at timestamptz;
COMMENT ON COLUMN users.erasure_at IS 'When everything about the person will be erased, if they don''t take it back.';

GRANT UPDATE (address) ON operator_passages TO tenure_operator;
