SET LOCAL tenure.migrating = 'on';

-- Companies that stay open: those made by an administrator, a rule or somebody who was invited, and those that have hired.
UPDATE companies c
SET approval = 'pending'
WHERE c.approval = 'approved' AND c.created_by IS NOT NULL
    AND NOT EXISTS (
        SELECT
        FROM users u
        WHERE u.tenant_id = c.tenant_id AND u.id = c.created_by
            AND (
                u.roles && ARRAY['tenantAdmin', 'systemAdmin']
                OR NOT EXISTS (
                    SELECT
                    FROM events e
                    WHERE e.tenant_id = u.tenant_id AND e.subject_kind = 'user' AND e.subject_id = u.id AND e.name = 'user.registered'
                )
            )
    )
    AND NOT EXISTS (
        SELECT
        FROM applications a
        JOIN stages s ON s.tenant_id = a.tenant_id AND s.id = a.stage_id
        WHERE a.tenant_id = c.tenant_id AND a.company_id = c.id AND s.category = 'hired'
    );
