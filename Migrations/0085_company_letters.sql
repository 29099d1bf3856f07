-- What companies write to their candidates in their own words, and whether and when it goes out.
CREATE TABLE company_letters (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    company_id uuid NOT NULL,
    kind text NOT NULL,
    language text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    updated_by uuid,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, company_id, kind, language),
    CONSTRAINT company_letters_company FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id)
);
CALL secure_tenant_table('company_letters');

CREATE TABLE company_letter_settings (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    company_id uuid NOT NULL,
    kind text NOT NULL,
    is_sent boolean NOT NULL,
    delay_minutes integer NOT NULL,
    PRIMARY KEY (tenant_id, company_id, kind),
    CONSTRAINT company_letter_settings_company FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id)
);
CALL secure_tenant_table('company_letter_settings', 'SELECT, INSERT, UPDATE');

ALTER TABLE stages ADD COLUMN candidate_name text;
COMMENT ON COLUMN stages.candidate_name IS 'What candidates are told of it; NULL tells them nothing.';
