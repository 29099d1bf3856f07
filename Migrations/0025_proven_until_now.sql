SET LOCAL tenure.migrating = 'on';

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
