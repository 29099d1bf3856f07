-- no-transaction
-- The unread first.
CREATE INDEX CONCURRENTLY IF NOT EXISTS notifications_in_order ON notifications (tenant_id, user_id, (read_at IS NULL) DESC, id DESC);
