-- no-transaction
-- A recruiter's list; whose it is comes along, for nobody counts their own application.
CREATE INDEX CONCURRENTLY IF NOT EXISTS applications_by_company_change ON applications (tenant_id, company_id, updated_at DESC, id DESC) INCLUDE (candidate_id);
