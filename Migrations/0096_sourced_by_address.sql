-- no-transaction
-- Whoever proves an address is joined with what companies keep under it.
CREATE INDEX CONCURRENTLY IF NOT EXISTS users_by_contact_email ON users (tenant_id, contact_email) WHERE status = 'sourced';
