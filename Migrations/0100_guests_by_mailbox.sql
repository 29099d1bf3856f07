-- no-transaction
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS interview_guests_mailbox ON interview_guests (tenant_id, mailbox);
