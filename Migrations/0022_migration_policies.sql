-- no-transaction
-- The tables from before, each in a transaction of its own: one is locked at a time, and only for a moment.
DO $$
DECLARE
    guarded regclass;
BEGIN
    FOR guarded IN
        SELECT p.polrelid
        FROM pg_policy p
        WHERE p.polname = 'tenant_isolation'
            AND NOT EXISTS (SELECT FROM pg_policy m WHERE m.polrelid = p.polrelid AND m.polname = 'migration_access')
        ORDER BY p.polrelid
    LOOP
        CALL admit_migrations(guarded);
        COMMIT;
    END LOOP;
END
$$;
