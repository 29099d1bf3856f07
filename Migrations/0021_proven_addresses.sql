-- An address is worth something once somebody has used what was mailed to it.
ALTER TABLE users ADD COLUMN email_verified_at timestamptz;
COMMENT ON COLUMN users.email_verified_at IS 'When the holder first used a link or code mailed to the address; until then anybody may have made the account.';

ALTER TABLE password_resets
    ADD COLUMN purpose text NOT NULL DEFAULT 'passwordReset',
    ADD COLUMN company_id uuid,
    ADD CONSTRAINT password_resets_purpose_known CHECK (purpose IN ('passwordReset', 'invitation', 'confirmation')),
    ADD CONSTRAINT password_resets_company FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id);
COMMENT ON TABLE password_resets IS 'Tokens of mails, hashed. A new password spends all of the user''s but the invitations to companies.';
COMMENT ON COLUMN password_resets.company_id IS 'What the invitation is to; none: the tenant, and the companies that the user was invited to by then.';

-- The owner is behind the policies too. For what follows it steps out, and all is as before when the transaction ends.
ALTER TABLE users NO FORCE ROW LEVEL SECURITY;
ALTER TABLE events NO FORCE ROW LEVEL SECURITY;
ALTER TABLE password_resets NO FORCE ROW LEVEL SECURITY;

-- Proven is who set a password by a mail, and who never registered themselves: invited, or made by the installation.
UPDATE users u
SET email_verified_at = coalesce(
    (
        SELECT min(e.occurred_at)
        FROM events e
        WHERE e.tenant_id = u.tenant_id AND e.subject_kind = 'user' AND e.subject_id = u.id AND e.name = 'user.password_reset'
    ),
    u.created_at
)
WHERE u.status <> 'deleted' AND u.password_hash IS NOT NULL
    AND (
        NOT EXISTS (
            SELECT
            FROM events e
            WHERE e.tenant_id = u.tenant_id AND e.subject_kind = 'user' AND e.subject_id = u.id AND e.name = 'user.registered'
        )
        OR EXISTS (
            SELECT
            FROM events e
            WHERE e.tenant_id = u.tenant_id AND e.subject_kind = 'user' AND e.subject_id = u.id AND e.name = 'user.password_reset'
        )
    );

UPDATE password_resets p
SET purpose = 'invitation'
FROM users u
WHERE u.tenant_id = p.tenant_id AND u.id = p.user_id AND u.status = 'invited' AND p.spent_at IS NULL;

ALTER TABLE users FORCE ROW LEVEL SECURITY;
ALTER TABLE events FORCE ROW LEVEL SECURITY;
ALTER TABLE password_resets FORCE ROW LEVEL SECURITY;
