-- How long applications are kept, and those whose time is over: flagged a week ahead.
CREATE TABLE retention_rules (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    company_id uuid,
    category text NOT NULL,
    months integer NOT NULL,
    tried_at timestamptz,
    active_since timestamptz,
    created_by uuid,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT retention_rules_once UNIQUE NULLS NOT DISTINCT (tenant_id, company_id, category),
    CONSTRAINT retention_rules_company FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id),
    CONSTRAINT retention_rules_months_range CHECK (months BETWEEN 1 AND 240)
);
CALL secure_tenant_table('retention_rules');

CREATE TABLE retention_flags (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    application_id uuid NOT NULL,
    rule_id uuid NOT NULL,
    flagged_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, application_id),
    CONSTRAINT retention_flags_application FOREIGN KEY (tenant_id, application_id) REFERENCES applications (tenant_id, id),
    CONSTRAINT retention_flags_rule FOREIGN KEY (tenant_id, rule_id) REFERENCES retention_rules (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX retention_flags_due ON retention_flags (tenant_id, due_at);
CALL secure_tenant_table('retention_flags');

ALTER TABLE erasures DROP CONSTRAINT erasures_origin_known;
ALTER TABLE erasures ADD CONSTRAINT erasures_origin_known CHECK (origin IN ('person', 'administrator', 'retention'));
