-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS script_held_in_order ON script_held (tenant_id, script_id, run_id);
