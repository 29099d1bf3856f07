SET LOCAL tenure.migrating = 'on';
-- Those who have been invited to interviews that are still to come.
INSERT INTO interview_guests (tenant_id, interview_id, user_id, is_candidate, told, sequence, created_at)
SELECT i.tenant_id, i.id, a.candidate_id, TRUE, 'before', i.version - 1, i.created_at
FROM interviews i
JOIN applications a ON a.tenant_id = i.tenant_id AND a.id = i.application_id
WHERE i.outcome = 'pending' AND i.starts_at > now()
UNION ALL
SELECT i.tenant_id, i.id, p.id, FALSE, 'before', i.version - 1, i.created_at
FROM interviews i
JOIN applications a ON a.tenant_id = i.tenant_id AND a.id = i.application_id
CROSS JOIN LATERAL (SELECT DISTINCT u.id FROM unnest(i.interviewers) u (id)) p
WHERE i.outcome = 'pending' AND i.starts_at > now() AND p.id <> a.candidate_id;
