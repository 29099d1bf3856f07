-- no-transaction
-- Rows from before, lot by lot, each in a transaction of its own.
DO $$
DECLARE
    kind text;
    size integer;
    lower_tenant uuid;
    lower_id uuid;
    upper_tenant uuid;
    upper_id uuid;
BEGIN
    FOREACH kind IN ARRAY ARRAY['applications', 'interviews', 'users'] LOOP
        lower_tenant := '00000000-0000-0000-0000-000000000000';
        lower_id := lower_tenant;
        size := CASE kind WHEN 'users' THEN 500 ELSE 5000 END;
        LOOP
            PERFORM set_config('tenure.migrating', 'on', true);
            EXECUTE format(
                'SELECT tenant_id, id FROM (
                    SELECT tenant_id, id FROM %I WHERE (tenant_id, id) > ($1, $2) ORDER BY tenant_id, id LIMIT $3
                ) few ORDER BY tenant_id DESC, id DESC LIMIT 1', kind)
            INTO upper_tenant, upper_id USING lower_tenant, lower_id, size;
            EXIT WHEN upper_id IS NULL;
            IF kind = 'applications' THEN
                UPDATE applications a
                SET status = s.key, category = s.category
                FROM stages s
                WHERE (a.tenant_id, a.id) > (lower_tenant, lower_id) AND (a.tenant_id, a.id) <= (upper_tenant, upper_id)
                    AND a.category IS NULL AND s.tenant_id = a.tenant_id AND s.id = a.stage_id;
            ELSIF kind = 'interviews' THEN
                UPDATE interviews i
                SET company_id = a.company_id
                FROM applications a
                WHERE (i.tenant_id, i.id) > (lower_tenant, lower_id) AND (i.tenant_id, i.id) <= (upper_tenant, upper_id)
                    AND i.company_id IS NULL AND a.tenant_id = i.tenant_id AND a.id = i.application_id;
            ELSE
                PERFORM refresh_candidates(t.tenant_id, t.ids)
                FROM (
                    SELECT u.tenant_id, array_agg(u.id) AS ids
                    FROM users u
                    WHERE (u.tenant_id, u.id) > (lower_tenant, lower_id) AND (u.tenant_id, u.id) <= (upper_tenant, upper_id)
                        AND 'candidate' = ANY(u.roles)
                    GROUP BY u.tenant_id
                ) t;
            END IF;
            lower_tenant := upper_tenant;
            lower_id := upper_id;
            COMMIT;
        END LOOP;
    END LOOP;
END
$$;
