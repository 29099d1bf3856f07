-- Somebody whom a company added has a row like everybody, so that applications, resumes and merges hold for them; they can't sign in. Their
-- address is no account's: it keeps nobody from registering with it, and proves nothing.
ALTER TABLE users
    ADD COLUMN contact_email text,
    DROP CONSTRAINT users_status_known,
    ADD CONSTRAINT users_status_known CHECK (status IN ('invited', 'active', 'deactivated', 'deleted', 'sourced')) NOT VALID;
COMMENT ON COLUMN users.contact_email IS 'Where somebody without an account is reached; their email is made up, because it must be unique.';

ALTER TABLE password_resets
    DROP CONSTRAINT password_resets_purpose_known,
    ADD CONSTRAINT password_resets_purpose_known
        CHECK (purpose IN ('passwordReset', 'invitation', 'candidateInvitation', 'confirmation', 'addressChange')) NOT VALID;

-- What the company says of somebody whom it added.
CREATE TABLE sourced_candidates (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    company_id uuid NOT NULL,
    source text,
    tags text[] NOT NULL DEFAULT '{}',
    note text,
    resume_id uuid,
    added_by uuid,
    added_at timestamptz NOT NULL,
    invited_at timestamptz,
    is_erased boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT sourced_candidates_user FOREIGN KEY (tenant_id, id) REFERENCES users (tenant_id, id),
    CONSTRAINT sourced_candidates_company FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id),
    CONSTRAINT sourced_candidates_resume FOREIGN KEY (tenant_id, resume_id) REFERENCES resumes (tenant_id, id)
);
CREATE INDEX sourced_candidates_by_company ON sourced_candidates (tenant_id, company_id, added_at DESC, id DESC)
    WHERE NOT is_erased;
CREATE INDEX sourced_candidates_by_resume ON sourced_candidates (tenant_id, resume_id) WHERE resume_id IS NOT NULL;
CALL secure_tenant_table('sourced_candidates', 'SELECT, INSERT, UPDATE');

CREATE OR REPLACE FUNCTION set_traits_of_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'deleted' THEN
        RETURN NULL;
    ELSIF 'candidate' = ANY(NEW.roles) THEN
        CALL set_candidate_traits(
            NEW.tenant_id, NEW.id, NEW.id,
            CASE WHEN NEW.status = 'sourced' THEN ARRAY[NEW.contact_email] ELSE ARRAY[NEW.email] END,
            ARRAY[NEW.phone], concat_ws(' ', NEW.first_name, NEW.last_name)
        );
    ELSE
        CALL set_candidate_traits(NEW.tenant_id, NEW.id, NEW.id, '{}', '{}', NULL);
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION keep_folded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.folded := search_folded(
        concat_ws(' ', NEW.first_name, NEW.last_name, CASE WHEN NEW.status = 'sourced' THEN NEW.contact_email ELSE NEW.email END)
    );
    RETURN NEW;
END
$$;

-- Companies know also of those whom they added.
CREATE OR REPLACE FUNCTION refresh_candidates(tenant uuid, people uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- One after the other where two change the same person, so that the last sees what all did.
    PERFORM pg_advisory_xact_lock(hashtextextended('candidate ' || p.id, 0)) FROM (SELECT unnest(people) AS id ORDER BY 1) p;
    DELETE FROM candidate_listings l WHERE l.tenant_id = tenant AND l.id = ANY(people);
    WITH known AS (
        SELECT n.*, left(search_folded(n.name), 200) AS sorted_by
        FROM (
            SELECT u.id, search_masked(COALESCE(NULLIF(concat_ws(' ', u.first_name, u.last_name), ''), 'Candidate')) AS name,
                   COALESCE(c.headline, r.parsed #>> '{headline,value}') AS headline,
                   COALESCE(c.location, r.parsed #>> '{location,value}') AS location,
                   COALESCE(c.skills, ARRAY(SELECT s.value ->> 'name' FROM jsonb_array_elements(r.parsed -> 'skills') s)) AS skills,
                   (r.parsed #>> '{totalYearsOfExperience,value}')::float8 AS years,
                   COALESCE(c.job_search_mode, 'passive') AS job_search_mode, COALESCE(c.visibility, 'private') AS visibility,
                   ARRAY(
                       SELECT DISTINCT known.company_id
                       FROM (
                           SELECT u.id
                           UNION ALL
                           SELECT m.merged_id FROM candidate_merges m
                           WHERE m.tenant_id = tenant AND m.kept_id = u.id AND m.undone_at IS NULL
                       ) one (id)
                       CROSS JOIN LATERAL (
                           SELECT a.company_id FROM applications a WHERE a.tenant_id = tenant AND a.candidate_id = one.id
                           UNION ALL
                           SELECT k.company_id FROM sourced_candidates k WHERE k.tenant_id = tenant AND k.id = one.id
                       ) known
                   ) AS companies
            FROM users u
            LEFT JOIN candidates c ON c.tenant_id = u.tenant_id AND c.id = u.id
            LEFT JOIN LATERAL (
                SELECT f.parsed
                FROM resumes f
                WHERE f.tenant_id = tenant AND f.candidate_id = u.id AND f.deleted_at IS NULL AND f.parsed IS NOT NULL
                ORDER BY f.created_at DESC, f.id DESC
                LIMIT 1
            ) r ON true
            WHERE u.tenant_id = tenant AND u.id = ANY(people) AND 'candidate' = ANY(u.roles) AND u.status IN ('active', 'sourced')
                AND NOT EXISTS (SELECT FROM candidate_merges m WHERE m.tenant_id = tenant AND m.merged_id = u.id AND m.undone_at IS NULL)
        ) n
    ), seen AS (
        SELECT k.*, unnest(
            k.companies
            || CASE WHEN k.job_search_mode <> 'hidden' OR k.companies <> '{}' THEN ARRAY[tenant] END
            || CASE WHEN k.job_search_mode <> 'hidden' AND k.visibility = 'pool' THEN ARRAY['00000000-0000-0000-0000-000000000000'::uuid] END
        ) AS audience
        FROM known k
    ), listed AS (
        INSERT INTO candidate_listings (tenant_id, id, audience, name, skills, years, job_search_mode)
        SELECT
            tenant, s.id, s.audience, s.sorted_by,
            ARRAY(SELECT search_folded(w) FROM unnest(s.skills) w WHERE w = search_masked(w)), s.years, s.job_search_mode
        FROM seen s
    )
    INSERT INTO candidate_words (tenant_id, candidate_id, audience, term, name)
    SELECT tenant, s.id, s.audience, t.term, s.sorted_by
    FROM known k
    CROSS JOIN LATERAL (
        SELECT unnest(search_terms(search_masked(concat_ws(' ', k.name, k.headline, array_to_string(k.skills, ' '))))) AS term
        UNION
        SELECT chr(1) || unnest(search_terms(search_masked(k.location)))
    ) t
    JOIN seen s ON s.id = k.id;
END
$$;

CREATE TRIGGER candidate_sourced AFTER INSERT ON sourced_candidates FOR EACH ROW EXECUTE FUNCTION refresh_candidate('id');
