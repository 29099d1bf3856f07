SET LOCAL tenure.migrating = 'on';

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
