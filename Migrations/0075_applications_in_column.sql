-- no-transaction
-- The columns of a board; whose an application is comes along, so that counting reads nothing else.
CREATE INDEX CONCURRENTLY IF NOT EXISTS applications_in_column ON applications (tenant_id, job_id, stage_id, moved_at DESC, id DESC) INCLUDE (candidate_id);
