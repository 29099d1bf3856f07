-- no-transaction
-- Serves the claim: the kinds of work in a lane, in each the tenants that have some, in each of these what is most urgent and due.
CREATE INDEX CONCURRENTLY IF NOT EXISTS work_in_line ON work (name, tenant_id, priority, run_at) WHERE state = 'waiting';
