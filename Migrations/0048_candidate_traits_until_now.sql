-- no-transaction
-- The traits of existing candidates, in batches: rows are locked, so that a change at the same time is not overwritten, and never for long.
DO $$
DECLARE
    last_tenant uuid := '00000000-0000-0000-0000-000000000000';
    last_id uuid := '00000000-0000-0000-0000-000000000000';
    seen integer;
    one record;
BEGIN
    LOOP
        PERFORM set_config('tenure.migrating', 'on', true);
        seen := 0;
        FOR one IN
            SELECT u.tenant_id, u.id, u.email, u.phone, concat_ws(' ', u.first_name, u.last_name) AS name
            FROM users u
            WHERE (u.tenant_id, u.id) > (last_tenant, last_id) AND 'candidate' = ANY(u.roles) AND u.status <> 'deleted'
            ORDER BY u.tenant_id, u.id
            LIMIT 500
            FOR NO KEY UPDATE
        LOOP
            CALL set_candidate_traits(one.tenant_id, one.id, one.id, ARRAY[one.email], ARRAY[one.phone], one.name);
            last_tenant := one.tenant_id;
            last_id := one.id;
            seen := seen + 1;
        END LOOP;
        COMMIT;
        EXIT WHEN seen = 0;
    END LOOP;
    last_tenant := '00000000-0000-0000-0000-000000000000';
    last_id := last_tenant;
    LOOP
        PERFORM set_config('tenure.migrating', 'on', true);
        seen := 0;
        FOR one IN
            SELECT r.tenant_id, r.id, r.candidate_id, r.parsed
            FROM resumes r
            WHERE (r.tenant_id, r.id) > (last_tenant, last_id) AND r.deleted_at IS NULL AND r.parsed IS NOT NULL
            ORDER BY r.tenant_id, r.id
            LIMIT 500
            FOR NO KEY UPDATE
        LOOP
            CALL set_candidate_traits(
                one.tenant_id, one.candidate_id, one.id, texts_of_findings(one.parsed -> 'emails'), texts_of_findings(one.parsed -> 'phones'), NULL
            );
            last_tenant := one.tenant_id;
            last_id := one.id;
            seen := seen + 1;
        END LOOP;
        COMMIT;
        EXIT WHEN seen = 0;
    END LOOP;
END
$$;
