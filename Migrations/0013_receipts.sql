-- What it takes to execute a run again, bit for bit: `json` and not `jsonb`, so that the very bytes are found again.
-- The event of an `on` run is in the log; `input` has that of a `before` run. Without `answers` a run can't be executed again.
CREATE FUNCTION pg_temp.questions(reads jsonb) RETURNS json LANGUAGE sql AS $$
    SELECT COALESCE(json_agg(r.value - 'value' - 'error'), '[]') FROM jsonb_array_elements(reads) r
$$;
ALTER TABLE script_runs
    ALTER COLUMN effects TYPE json USING effects::json,
    ALTER COLUMN reads TYPE json USING pg_temp.questions(reads),
    ADD COLUMN answers json,
    ADD COLUMN input json,
    ADD COLUMN amendments json NOT NULL DEFAULT '{}',
    ADD COLUMN vocabulary bytea;

-- The words that scripts could use, version by version of the server; the same for all tenants.
CREATE TABLE rule_vocabularies (
    digest bytea PRIMARY KEY,
    words json NOT NULL,
    first_seen_at timestamptz NOT NULL
);
GRANT SELECT ON rule_vocabularies TO tenure_app;
GRANT SELECT, INSERT ON rule_vocabularies TO tenure_operator;
