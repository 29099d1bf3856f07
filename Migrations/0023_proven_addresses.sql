-- An address is worth something once somebody has used what was mailed to it.
ALTER TABLE users ADD COLUMN email_verified_at timestamptz;
COMMENT ON COLUMN users.email_verified_at IS 'When the holder first used a link or code mailed to the address; until then anybody may have made the account.';
