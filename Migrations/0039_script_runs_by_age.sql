-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS script_runs_by_age ON script_runs (ran_at);
