CREATE TABLE companies (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    name text NOT NULL,
    website text,
    industry text,
    size text,
    description text,
    location text,
    logo_url text,
    created_by uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT companies_creator FOREIGN KEY (tenant_id, created_by) REFERENCES users (tenant_id, id)
);
-- Two companies of one name can be told apart by nobody.
CREATE UNIQUE INDEX companies_name_key ON companies (tenant_id, lower(name));
CALL secure_tenant_table('companies', 'SELECT, INSERT, UPDATE');

ALTER TABLE company_members
    ADD CONSTRAINT company_members_company FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id);

CREATE TABLE company_ratings (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    company_id uuid NOT NULL,
    user_id uuid NOT NULL,
    rating integer NOT NULL,
    comment text,
    created_at timestamptz NOT NULL,
    CONSTRAINT company_ratings_once PRIMARY KEY (tenant_id, company_id, user_id),
    CONSTRAINT company_ratings_company FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id),
    CONSTRAINT company_ratings_user FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    CONSTRAINT company_ratings_range CHECK (rating BETWEEN 1 AND 5)
);
CREATE INDEX company_ratings_recent ON company_ratings (tenant_id, company_id, created_at DESC);
CALL secure_tenant_table('company_ratings', 'SELECT, INSERT');
