-- no-transaction
-- A tenant's or a recruiter's list, newest first: its page is read off the index, however many applications there are.
CREATE INDEX CONCURRENTLY IF NOT EXISTS applications_by_change ON applications (tenant_id, updated_at DESC, id DESC);
