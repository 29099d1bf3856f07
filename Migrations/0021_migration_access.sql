-- Migrations move rows under a policy of their own, so that no table is locked to lift its row-level security. A file that moves rows holds
-- nothing but that, after the files that change the tables, and begins with SET LOCAL tenure.migrating = 'on'.
CREATE PROCEDURE admit_migrations(name regclass)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE POLICY migration_access ON %s TO CURRENT_USER '
        'USING (current_setting(''tenure.migrating'', true) = ''on'') WITH CHECK (current_setting(''tenure.migrating'', true) = ''on'')', name);
END
$$;

CREATE OR REPLACE PROCEDURE secure_tenant_table(name regclass, privileges text DEFAULT 'SELECT, INSERT, UPDATE, DELETE')
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
        'CREATE POLICY tenant_isolation ON %s TO tenure_app '
        'USING (tenant_id = NULLIF(current_setting(''tenure.tenant_id'', true), '''')::uuid) '
        'WITH CHECK (tenant_id = NULLIF(current_setting(''tenure.tenant_id'', true), '''')::uuid)', name);
    EXECUTE format('CREATE POLICY operator_access ON %s TO tenure_operator USING (true) WITH CHECK (true)', name);
    CALL admit_migrations(name);
    EXECUTE format('GRANT %s ON %s TO tenure_app', privileges, name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO tenure_operator', name);
END
$$;
