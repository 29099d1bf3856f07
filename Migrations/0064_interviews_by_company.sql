-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS interviews_by_company ON interviews (tenant_id, company_id, starts_at, id);
