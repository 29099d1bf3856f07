-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS applications_waiting_by_company ON applications (tenant_id, company_id, moved_at, id) WHERE category NOT IN ('hired', 'rejected', 'withdrawn');
