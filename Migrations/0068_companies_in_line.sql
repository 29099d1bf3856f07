-- no-transaction
-- Those that wait for a decision first.
CREATE INDEX CONCURRENTLY IF NOT EXISTS companies_in_line ON companies (tenant_id, (approval <> 'pending'), created_at, id);
