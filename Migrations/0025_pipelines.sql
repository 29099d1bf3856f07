-- A pipeline belongs to a company, or is shared by the tenant's administrators where there is none.
ALTER TABLE pipelines ADD COLUMN company_id uuid;
ALTER TABLE pipelines ADD CONSTRAINT pipelines_company FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id);
ALTER TABLE pipelines DROP CONSTRAINT pipelines_name_key;
ALTER TABLE pipelines ADD CONSTRAINT pipelines_name_key UNIQUE NULLS NOT DISTINCT (tenant_id, company_id, name);

-- The owner sees rows only while its own row-level security is not forced, and nobody else can look meanwhile.
ALTER TABLE pipelines NO FORCE ROW LEVEL SECURITY;
ALTER TABLE jobs NO FORCE ROW LEVEL SECURITY;
-- Those that one company alone uses are that company's. Those that several use, or none, stay everybody's, for the administrators to say.
UPDATE pipelines p
SET company_id = j.company_id
FROM (
    SELECT tenant_id, pipeline_id, (array_agg(DISTINCT company_id))[1] AS company_id
    FROM jobs
    GROUP BY tenant_id, pipeline_id
    HAVING count(DISTINCT company_id) = 1
) j
WHERE j.tenant_id = p.tenant_id AND j.pipeline_id = p.id;
ALTER TABLE jobs FORCE ROW LEVEL SECURITY;
ALTER TABLE pipelines FORCE ROW LEVEL SECURITY;
