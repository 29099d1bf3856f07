-- no-transaction
-- Signing in without a tenant's code: the tenants in which the address has an account.
CREATE INDEX CONCURRENTLY IF NOT EXISTS users_by_address ON users (email) WHERE status IN ('active', 'invited');
