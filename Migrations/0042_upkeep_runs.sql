-- When a server last did what one of them does for all: whoever writes the time does it.
CREATE TABLE upkeep_runs (
    name text PRIMARY KEY,
    started_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON upkeep_runs TO tenure_operator;
