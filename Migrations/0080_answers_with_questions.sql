-- no-transaction
-- Answers keep their question as it was asked. Those from before get it as the job asks it now; whatever questions are gone, are gone.
DO $$
DECLARE
    lower_tenant uuid := '00000000-0000-0000-0000-000000000000';
    lower_id uuid := '00000000-0000-0000-0000-000000000000';
    upper_tenant uuid;
    upper_id uuid;
BEGIN
    LOOP
        PERFORM set_config('tenure.migrating', 'on', true);
        SELECT few.tenant_id, few.id INTO upper_tenant, upper_id
        FROM (
            SELECT tenant_id, id
            FROM applications
            WHERE (tenant_id, id) > (lower_tenant, lower_id)
            ORDER BY tenant_id, id
            LIMIT 2000
        ) few
        ORDER BY few.tenant_id DESC, few.id DESC
        LIMIT 1;
        EXIT WHEN upper_id IS NULL;
        UPDATE applications a
        SET answers = (
            SELECT jsonb_agg(
                given.value || CASE WHEN asked.value IS NULL THEN '{}' ELSE
                    jsonb_strip_nulls(
                        jsonb_build_object(
                            'question', asked.value -> 'text', 'kind', asked.value -> 'kind', 'options', asked.value -> 'options',
                            'disqualifying', asked.value -> 'disqualifying'
                        )
                    )
                END
                ORDER BY given.ordinality
            )
            FROM jsonb_array_elements(a.answers) WITH ORDINALITY AS given
            LEFT JOIN LATERAL (
                SELECT q.value
                FROM jsonb_array_elements(j.details -> 'questions') q
                WHERE q.value ->> 'key' = given.value ->> 'key'
                LIMIT 1
            ) asked ON TRUE
        )
        FROM jobs j
        WHERE (a.tenant_id, a.id) > (lower_tenant, lower_id) AND (a.tenant_id, a.id) <= (upper_tenant, upper_id)
            AND j.tenant_id = a.tenant_id AND j.id = a.job_id AND a.answers <> '[]' AND NOT a.answers @? '$[*].question';
        lower_tenant := upper_tenant;
        lower_id := upper_id;
        COMMIT;
    END LOOP;
END
$$;
