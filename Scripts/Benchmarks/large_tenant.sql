-- One tenant with 100,000 candidates, 2,000 jobs of 50 companies and 300,000 applications, one job with 300 of them, in a migrated database; by a
-- superuser: psql -f Scripts/Benchmarks/large_tenant.sql. It takes a minute. Triggers rest meanwhile, so what they keep is written here.
\set ON_ERROR_STOP 1
SET session_replication_role = replica;
\set t '''00000000-0000-7000-8000-0000000000aa'''
CREATE FUNCTION pg_temp.made(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex(1700000000000 + n), 12, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid
$$;
CREATE FUNCTION pg_temp.read(value anyelement) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_object('value', value, 'confidence', 1)
$$;
CREATE FUNCTION pg_temp.skill(name text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_object('name', name, 'confidence', 1)
$$;
INSERT INTO tenants (id, code, name, plan, created_at, updated_at) VALUES (:t, 'large', 'Large', 'enterprise', now(), now());
INSERT INTO tenant_names (name, tenant_id) VALUES ('large', :t);
INSERT INTO companies (tenant_id, id, name, approval, created_at, updated_at)
SELECT :t, pg_temp.made(1, n), 'Company ' || n, 'approved', now(), now()
FROM generate_series(1, 50) n;
INSERT INTO pipelines (tenant_id, id, name, created_at) VALUES (:t, pg_temp.made(2, 1), 'Standard', now());
INSERT INTO stages (tenant_id, id, pipeline_id, key, name, category, position)
SELECT :t, pg_temp.made(3, place), pg_temp.made(2, 1), category, initcap(category), category, place
FROM unnest(ARRAY['applied', 'screening', 'assessment', 'interview', 'offer', 'hired', 'rejected', 'withdrawn']) WITH ORDINALITY s (category, place);
INSERT INTO users (tenant_id, id, email, first_name, last_name, roles, status, created_at, updated_at)
SELECT
    :t, pg_temp.made(4, n), 'c' || n || '@example.com',
    (ARRAY['Anna', 'Jürgen', 'Zoë', 'Łukasz', 'Mehmet', 'Olga', 'Wei', 'Sofía', 'Noah', 'Ada', 'Bjørn', 'Chloé'])[1 + n % 12] || n / 1200,
    (ARRAY['Müller', 'Smith', 'Nguyen', 'Kowalski', 'Öztürk', 'García', 'Ivanova', 'Østergaard', 'Lovelace', 'Dubois'])[1 + n * 7 % 10] || n % 97,
    '{candidate}', 'active', now() - n * interval '1 minute', now()
FROM generate_series(1, 100000) n;
INSERT INTO candidates (tenant_id, id, headline, location, skills, job_search_mode, visibility, updated_at)
SELECT
    :t, pg_temp.made(4, n), 'Engineer for ' || (ARRAY['payments', 'trains', 'search', 'games', 'maps'])[1 + n % 5],
    (ARRAY['Berlin', 'Paris', 'Lima', 'Oslo', 'Kyiv'])[1 + n % 5],
    ARRAY[(ARRAY['Swift', 'SQL', 'Go', 'Rust', 'Lua'])[1 + n % 5], (ARRAY['Docker', 'Figma', 'Excel', 'Kafka'])[1 + n % 4], 'rare' || n % 5000],
    (ARRAY['active', 'passive', 'passive', 'hidden'])[1 + n % 4], 'pool', now()
FROM generate_series(2, 100000, 2) n;
INSERT INTO resumes (
    tenant_id, id, candidate_id, title, status, file_name, media_type, size, blob_key, text, links, parsed, created_at, updated_at
)
SELECT
    :t, pg_temp.made(5, n), pg_temp.made(4, n), 'CV', 'parsed', 'cv.pdf', 'application/pdf', 1, 'k' || n, repeat('words of a resume ', 100), '{}',
    '{"emails": [], "phones": [], "links": [], "experience": [], "education": [], "languages": [], "certifications": []}' || jsonb_build_object(
        'headline', pg_temp.read('Builder of ' || n % 50), 'location', pg_temp.read('Rome'::text), 'totalYearsOfExperience', pg_temp.read(n % 30),
        'skills', jsonb_build_array(pg_temp.skill('Python'), pg_temp.skill('odd' || n % 3000))
    ), now(), now()
FROM generate_series(1, 100000) n
WHERE n % 3 <> 0;
INSERT INTO jobs (
    tenant_id, id, company_id, pipeline_id, title, description, department, location, workplace, employment_type, openings, details, status, created_at,
    updated_at, published_at
)
SELECT
    :t, pg_temp.made(6, n), pg_temp.made(1, 1 + n % 50), pg_temp.made(2, 1), 'Engineer ' || n, repeat('We look for somebody. ', 40),
    (ARRAY['Sales', 'Engineering', 'People'])[1 + n % 3], 'Berlin', 'remote', 'fullTime', 1,
    '{"requirements": {"requiredSkills": [], "preferredSkills": []}, "questions": [], "customFields": {}}',
    (ARRAY['draft', 'published', 'closed', 'published'])[1 + n % 4], now() - n * interval '1 hour', now() - n * interval '30 minutes',
    now() - n * interval '40 minutes'
FROM generate_series(1, 2000) n;
INSERT INTO applications (
    tenant_id, id, job_id, company_id, candidate_id, stage_id, status, category, applicant, answers, score, rating, tags, applied_at, moved_at, updated_at
)
SELECT
    :t, pg_temp.made(7, a.n), pg_temp.made(6, a.job), pg_temp.made(1, 1 + a.job % 50), pg_temp.made(4, 1 + (a.n + a.n / 100000 * 37) % 100000), s.id, s.key,
    s.category,
    jsonb_build_object(
        'name', 'Candidate ' || a.n, 'headline', 'Engineer', 'skills', jsonb_build_array('Swift', 'SQL', 'Go', 'Rust', 'Lua', 'Docker'),
        'titles', jsonb_build_array('Engineer', 'Senior engineer'), 'isComplete', true
    ), '[]', CASE WHEN a.n % 10 <> 0 THEN a.n % 101 END, CASE WHEN a.n % 3 = 0 THEN 1 + a.n % 5 END,
    CASE WHEN a.n % 7 = 0 THEN '{star}'::text[] ELSE '{}' END, now() - a.n * interval '2 minutes', now() - a.n * interval '1 minute',
    now() - a.n % 250000 * interval '1 minute'
FROM (SELECT n, CASE WHEN n <= 300 THEN 1 ELSE 2 + n * 13 % 1999 END AS job FROM generate_series(1, 300000) n) a
JOIN stages s ON s.tenant_id = :t AND s.position = 1 + a.n * 5 % 8;
RESET session_replication_role;
SELECT refresh_candidates(:t, array_agg(pg_temp.made(4, n))) FROM generate_series(1, 100000) n GROUP BY n / 500 \g /dev/null
VACUUM (ANALYZE);
