-- A pipeline belongs to a company, or is shared by the tenant's administrators where there is none.
ALTER TABLE pipelines ADD COLUMN company_id uuid;
ALTER TABLE pipelines ADD CONSTRAINT pipelines_company FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id);
ALTER TABLE pipelines DROP CONSTRAINT pipelines_name_key;
ALTER TABLE pipelines ADD CONSTRAINT pipelines_name_key UNIQUE NULLS NOT DISTINCT (tenant_id, company_id, name);
