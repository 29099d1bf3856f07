SET LOCAL tenure.migrating = 'on';

-- What applications remember of candidates is shown to employers, so it holds no way to reach them: no name that was made of an address, and
-- nothing in headline and location that is masked in new ones.
UPDATE applications a
SET applicant = a.applicant || '{"name": "Candidate"}'
FROM users u
WHERE u.tenant_id = a.tenant_id AND u.id = a.candidate_id AND u.first_name IS NULL AND u.last_name IS NULL
    AND a.applicant ->> 'name' = split_part(u.email, '@', 1);
UPDATE applications a
SET applicant = a.applicant || jsonb_strip_nulls(
    jsonb_build_object(
        'headline', regexp_replace(a.applicant ->> 'headline', '\S*(@|://)\S*|\mwww\.\S+|[+(]?\d(?:[\s().–/-]{0,2}\d){8,}', '•••', 'gi'),
        'location', regexp_replace(a.applicant ->> 'location', '\S*(@|://)\S*|\mwww\.\S+|[+(]?\d(?:[\s().–/-]{0,2}\d){8,}', '•••', 'gi')
    )
)
WHERE concat_ws(' ', a.applicant ->> 'headline', a.applicant ->> 'location') ~* '@|://|\mwww\.|\d(?:[\s().–/-]{0,2}\d){8,}';
