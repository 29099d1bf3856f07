-- no-transaction
-- Rows from before, lot by lot, each in a transaction of its own.
DO $$
DECLARE
    kind text;
    lower_tenant uuid;
    lower_id uuid;
    upper_tenant uuid;
    upper_id uuid;
BEGIN
    FOREACH kind IN ARRAY ARRAY['candidates', 'users', 'jobs'] LOOP
        lower_tenant := '00000000-0000-0000-0000-000000000000';
        lower_id := lower_tenant;
        LOOP
            PERFORM set_config('tenure.migrating', 'on', true);
            EXECUTE format(
                'SELECT tenant_id, id FROM (
                    SELECT tenant_id, id FROM %I WHERE (tenant_id, id) > ($1, $2) ORDER BY tenant_id, id LIMIT 500
                ) few ORDER BY tenant_id DESC, id DESC LIMIT 1', kind)
            INTO upper_tenant, upper_id USING lower_tenant, lower_id;
            EXIT WHEN upper_id IS NULL;
            IF kind = 'candidates' THEN
                UPDATE candidates c
                SET visibility = 'pool'
                WHERE (c.tenant_id, c.id) > (lower_tenant, lower_id) AND (c.tenant_id, c.id) <= (upper_tenant, upper_id)
                    AND c.job_search_mode = 'active' AND c.visibility <> 'pool';
            ELSIF kind = 'jobs' THEN
                UPDATE jobs j
                SET title = j.title
                WHERE (j.tenant_id, j.id) > (lower_tenant, lower_id) AND (j.tenant_id, j.id) <= (upper_tenant, upper_id) AND j.words IS NULL;
            ELSE
                UPDATE users u
                SET email = u.email
                WHERE (u.tenant_id, u.id) > (lower_tenant, lower_id) AND (u.tenant_id, u.id) <= (upper_tenant, upper_id)
                    AND u.folded IS NULL;
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
