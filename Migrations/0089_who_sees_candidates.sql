-- Whether a candidate wants to be found by companies that they haven't applied to. Nobody does until they say so; who said before that they
-- are looking for a job was found, and wanted to be.
ALTER TABLE candidates
    ADD COLUMN visibility text NOT NULL DEFAULT 'private',
    ADD CONSTRAINT candidates_visibility_known CHECK (visibility IN ('private', 'pool'));

-- Case, accents and vowel points make no difference, nor do full-width forms, apostrophes, and letters that have no accent to take off.
CREATE OR REPLACE FUNCTION search_folded(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT normalize(
        replace(replace(replace(replace(
            translate(
                regexp_replace(
                    lower(normalize(words, NFKD) COLLATE "und-x-icu"),
                    '[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0640\u064b-\u065f\u0670''‘’‛`´ʹʻʼʽˈʾʿ′‵＇\u200b-\u200f\u2060\ufeff\u00ad]',
                    '', 'g'
                ),
                'øđðłħıŋŧſς', 'oddlhintsσ'
            ),
            'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
        NFKC
    )
$$;

-- The words of a text. One with an apostrophe is found by each of its parts, too; scripts that put no spaces between words are found from any
-- of their characters on.
CREATE OR REPLACE FUNCTION search_terms(words text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    word text;
    part text;
    found text[] := '{}';
BEGIN
    FOREACH word IN ARRAY regexp_split_to_array(words, '[\s!"$-&(-*,-/:-@[-_{-~·•–—“”„«»、，。・]+') LOOP
        part := left(search_folded(word), 60);
        CONTINUE WHEN part = '';
        found := found || part;
        IF word ~ '[''‘’ʼ＇]' THEN
            FOREACH part IN ARRAY regexp_split_to_array(word, '[''‘’ʼ＇]+') LOOP
                part := left(search_folded(part), 60);
                CONTINUE WHEN part = '';
                found := found || part;
            END LOOP;
        END IF;
        part := left(search_folded(word), 60);
        IF part ~ '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff]' THEN
            FOR n IN 2..least(length(part), 20) LOOP
                found := found || substr(part, n);
            END LOOP;
        END IF;
    END LOOP;
    RETURN found;
END
$$;

-- What administrators look for people by.
ALTER TABLE users ADD COLUMN folded text;
COMMENT ON COLUMN users.folded IS 'Name and address, kept by a trigger.';
CREATE FUNCTION keep_folded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.folded := search_folded(concat_ws(' ', NEW.first_name, NEW.last_name, NEW.email));
    RETURN NEW;
END
$$;
CREATE TRIGGER keep_folded BEFORE INSERT OR UPDATE OF first_name, last_name, email ON users
    FOR EACH ROW EXECUTE FUNCTION keep_folded();

-- The words of a job, folded like those that people look for.
ALTER TABLE jobs ADD COLUMN words tsvector;
COMMENT ON COLUMN jobs.search IS 'Superseded by words; servers of the version before still read it.';
CREATE FUNCTION keep_job_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.words := setweight(to_tsvector('simple', search_folded(NEW.title)), 'A')
        || setweight(to_tsvector('simple', search_folded(NEW.description)), 'B');
    RETURN NEW;
END
$$;
CREATE TRIGGER keep_job_words BEFORE INSERT OR UPDATE OF title, description ON jobs FOR EACH ROW EXECUTE FUNCTION keep_job_words();
GRANT DELETE ON jobs TO tenure_app;

-- Candidates as a search finds them, once for each audience: the tenant itself, which is all whom its administrators find; the pool, whose id
-- is zero, for every company; and each company that they applied to.
CREATE TABLE candidate_listings (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    audience uuid NOT NULL,
    name text COLLATE "C" NOT NULL,
    skills text[] NOT NULL,
    years double precision,
    job_search_mode text NOT NULL,
    PRIMARY KEY (tenant_id, id, audience),
    CONSTRAINT candidate_listings_user FOREIGN KEY (tenant_id, id) REFERENCES users (tenant_id, id)
);
CREATE INDEX candidate_listings_by_name ON candidate_listings (tenant_id, audience, name, id);
CREATE INDEX candidate_listings_by_mode ON candidate_listings (tenant_id, audience, job_search_mode, name, id);
CALL secure_tenant_table('candidate_listings');
COMMENT ON COLUMN candidate_listings.name IS 'Folded, and masked, for it is in cursors.';

-- The words in their names, headlines and skills; those of their places begin with a character that nobody can type.
CREATE TABLE candidate_words (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    candidate_id uuid NOT NULL,
    audience uuid NOT NULL,
    term text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, candidate_id, audience, term),
    CONSTRAINT candidate_words_listing FOREIGN KEY (tenant_id, candidate_id, audience)
        REFERENCES candidate_listings (tenant_id, id, audience) ON DELETE CASCADE
);
CREATE INDEX candidate_words_by_term ON candidate_words (tenant_id, audience, term, name, candidate_id);
CALL secure_tenant_table('candidate_words');

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
                       SELECT DISTINCT a.company_id
                       FROM (
                           SELECT u.id
                           UNION ALL
                           SELECT m.merged_id FROM candidate_merges m
                           WHERE m.tenant_id = tenant AND m.kept_id = u.id AND m.undone_at IS NULL
                       ) one (id)
                       JOIN applications a ON a.tenant_id = tenant AND a.candidate_id = one.id
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
            WHERE u.tenant_id = tenant AND u.id = ANY(people) AND 'candidate' = ANY(u.roles) AND u.status = 'active'
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

-- Who applies is seen by the company, under the account that was kept if they were merged.
CREATE FUNCTION refresh_applicants() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM refresh_candidates(n.tenant_id, n.people)
    FROM (
        SELECT one.tenant_id, array_agg(DISTINCT one.id) AS people
        FROM (
            SELECT a.tenant_id, COALESCE(m.kept_id, a.candidate_id) AS id, a.company_id
            FROM added a
            LEFT JOIN candidate_merges m ON m.tenant_id = a.tenant_id AND m.merged_id = a.candidate_id AND m.undone_at IS NULL
        ) one
        WHERE NOT EXISTS (
            SELECT FROM candidate_listings l WHERE l.tenant_id = one.tenant_id AND l.id = one.id AND l.audience = one.company_id
        )
        GROUP BY one.tenant_id
    ) n;
    RETURN NULL;
END
$$;
CREATE TRIGGER applicants_entered AFTER INSERT ON applications
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refresh_applicants();

CREATE FUNCTION refresh_assigned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM refresh_candidates(NEW.tenant_id, ARRAY[OLD.candidate_id, NEW.candidate_id]);
    RETURN NULL;
END
$$;
CREATE TRIGGER applicant_assigned AFTER UPDATE OF candidate_id ON applications
    FOR EACH ROW WHEN (OLD.candidate_id IS DISTINCT FROM NEW.candidate_id) EXECUTE FUNCTION refresh_assigned();
CREATE TRIGGER candidate_kept AFTER INSERT OR UPDATE OF undone_at ON candidate_merges
    FOR EACH ROW EXECUTE FUNCTION refresh_candidate('kept_id');
DROP TRIGGER candidate_changed ON candidates;
CREATE TRIGGER candidate_changed AFTER INSERT OR UPDATE OF headline, location, skills, job_search_mode, visibility ON candidates
    FOR EACH ROW EXECUTE FUNCTION refresh_candidate('id');

-- Nothing keeps them any more, and names of people who leave must not stay in them.
DROP TABLE candidate_terms, candidate_entries;
