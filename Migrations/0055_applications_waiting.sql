-- no-transaction
-- Those that wait, the longest first.
CREATE INDEX CONCURRENTLY IF NOT EXISTS applications_waiting ON applications (tenant_id, moved_at, id) WHERE category NOT IN ('hired', 'rejected', 'withdrawn');
