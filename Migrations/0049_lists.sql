-- What lists filter and sort by is kept with the rows, whoever writes them: an index beneath row-level security answers nothing else.
ALTER TABLE applications ADD COLUMN status text, ADD COLUMN category text;
ALTER TABLE interviews ADD COLUMN company_id uuid;
COMMENT ON COLUMN applications.status IS 'The key of its stage, which never changes its key or category.';
COMMENT ON COLUMN interviews.company_id IS 'The application''s.';

CREATE FUNCTION keep_stage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT s.key, s.category INTO NEW.status, NEW.category FROM stages s WHERE s.tenant_id = NEW.tenant_id AND s.id = NEW.stage_id;
    RETURN NEW;
END
$$;
CREATE TRIGGER keep_stage BEFORE INSERT OR UPDATE OF stage_id ON applications FOR EACH ROW EXECUTE FUNCTION keep_stage();

CREATE FUNCTION keep_company() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT a.company_id INTO NEW.company_id FROM applications a WHERE a.tenant_id = NEW.tenant_id AND a.id = NEW.application_id;
    RETURN NEW;
END
$$;
CREATE TRIGGER keep_company BEFORE INSERT ON interviews FOR EACH ROW EXECUTE FUNCTION keep_company();

-- Upper and lower case and accents make no difference, in whichever form they are written.
CREATE FUNCTION search_folded(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT normalize(regexp_replace(normalize(lower(words), NFKD), '[\u0300-\u036f]', '', 'g'), NFKC)
$$;

-- The words of a text. Scripts that put no spaces between words are found from any of their characters on.
CREATE FUNCTION search_terms(words text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    word text;
    found text[] := '{}';
BEGIN
    FOREACH word IN ARRAY regexp_split_to_array(search_folded(words), '[\s!"$-*,-/:-@[-`{-~·•–—“”„«»、，。・]+') LOOP
        CONTINUE WHEN word = '';
        word := left(word, 60);
        found := found || word;
        IF word ~ '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff]' THEN
            FOR n IN 2..least(length(word), 20) LOOP
                found := found || substr(word, n);
            END LOOP;
        END IF;
    END LOOP;
    RETURN found;
END
$$;

-- What is masked where it is shown isn't to be found out by searching for it: words with an @, links, and runs of digits to call.
CREATE FUNCTION search_masked(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(
        words,
        '\S*(@|://|[(\[{]at[)\]}])\S*|\mwww\.\S+|\m\S+\.\w+/\S*|[+(]?\d(?:[\s().–/-]{0,2}\d){6,}|\m\S+ at \S+ dot \S+',
        '•••', 'gi'
    )
$$;

-- Candidates as a search finds them: those who are active, not hidden, and not merged into somebody else.
CREATE TABLE candidate_entries (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    name text COLLATE "C" NOT NULL,
    skills text[] NOT NULL,
    years double precision,
    job_search_mode text NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT candidate_entries_user FOREIGN KEY (tenant_id, id) REFERENCES users (tenant_id, id)
);
CREATE INDEX candidate_entries_by_name ON candidate_entries (tenant_id, name, id);
CREATE INDEX candidate_entries_by_mode ON candidate_entries (tenant_id, job_search_mode, name, id);
CALL secure_tenant_table('candidate_entries');
COMMENT ON COLUMN candidate_entries.name IS 'Folded, and masked, for it is in cursors.';

-- The words in their names, headlines and skills; those of their places begin with a character that nobody can type.
CREATE TABLE candidate_terms (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    candidate_id uuid NOT NULL,
    term text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, candidate_id, term),
    CONSTRAINT candidate_terms_entry FOREIGN KEY (tenant_id, candidate_id) REFERENCES candidate_entries (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX candidate_terms_by_term ON candidate_terms (tenant_id, term, name, candidate_id);
CALL secure_tenant_table('candidate_terms');

CREATE FUNCTION refresh_candidates(tenant uuid, people uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- One after the other where two change the same person, so that the last sees what all did.
    PERFORM pg_advisory_xact_lock(hashtextextended('candidate ' || p.id, 0)) FROM (SELECT unnest(people) AS id ORDER BY 1) p;
    DELETE FROM candidate_entries e WHERE e.tenant_id = tenant AND e.id = ANY(people);
    WITH known AS (
        SELECT n.*, left(search_folded(n.name), 200) AS sorted_by
        FROM (
            SELECT u.id, search_masked(COALESCE(NULLIF(concat_ws(' ', u.first_name, u.last_name), ''), 'Candidate')) AS name,
                   COALESCE(c.headline, r.parsed #>> '{headline,value}') AS headline,
                   COALESCE(c.location, r.parsed #>> '{location,value}') AS location,
                   COALESCE(c.skills, ARRAY(SELECT s.value ->> 'name' FROM jsonb_array_elements(r.parsed -> 'skills') s)) AS skills,
                   (r.parsed #>> '{totalYearsOfExperience,value}')::float8 AS years,
                   COALESCE(c.job_search_mode, 'passive') AS job_search_mode
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
                AND COALESCE(c.job_search_mode, 'passive') <> 'hidden'
                AND NOT EXISTS (SELECT FROM candidate_merges m WHERE m.tenant_id = tenant AND m.merged_id = u.id AND m.undone_at IS NULL)
        ) n
    ), entered AS (
        INSERT INTO candidate_entries (tenant_id, id, name, skills, years, job_search_mode)
        SELECT
            tenant, k.id, k.sorted_by,
            ARRAY(SELECT search_folded(s) FROM unnest(k.skills) s WHERE s = search_masked(s)), k.years, k.job_search_mode
        FROM known k
    )
    INSERT INTO candidate_terms (tenant_id, candidate_id, term, name)
    SELECT tenant, k.id, t.term, k.sorted_by
    FROM known k
    CROSS JOIN LATERAL (
        SELECT unnest(search_terms(search_masked(concat_ws(' ', k.name, k.headline, array_to_string(k.skills, ' '))))) AS term
        UNION
        SELECT chr(1) || unnest(search_terms(search_masked(k.location)))
    ) t;
END
$$;

CREATE FUNCTION refresh_candidate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    person uuid;
BEGIN
    EXECUTE format('SELECT ($1).%I', TG_ARGV[0]) INTO person USING NEW;
    PERFORM refresh_candidates(NEW.tenant_id, ARRAY[person]);
    RETURN NULL;
END
$$;
CREATE TRIGGER candidate_registered AFTER INSERT ON users
    FOR EACH ROW WHEN ('candidate' = ANY(NEW.roles)) EXECUTE FUNCTION refresh_candidate('id');
CREATE TRIGGER candidate_changed AFTER UPDATE OF first_name, last_name, roles, status ON users
    FOR EACH ROW WHEN (
        (OLD.first_name, OLD.last_name, OLD.roles, OLD.status) IS DISTINCT FROM (NEW.first_name, NEW.last_name, NEW.roles, NEW.status)
        AND ('candidate' = ANY(OLD.roles) OR 'candidate' = ANY(NEW.roles))
    ) EXECUTE FUNCTION refresh_candidate('id');
CREATE TRIGGER candidate_changed AFTER INSERT OR UPDATE OF headline, location, skills, job_search_mode ON candidates
    FOR EACH ROW EXECUTE FUNCTION refresh_candidate('id');
CREATE TRIGGER resume_entered AFTER INSERT ON resumes
    FOR EACH ROW WHEN (NEW.parsed IS NOT NULL) EXECUTE FUNCTION refresh_candidate('candidate_id');
CREATE TRIGGER resume_changed AFTER UPDATE OF parsed, deleted_at ON resumes
    FOR EACH ROW WHEN (OLD.parsed IS DISTINCT FROM NEW.parsed OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at)
    EXECUTE FUNCTION refresh_candidate('candidate_id');
CREATE TRIGGER candidate_merged AFTER INSERT OR UPDATE OF undone_at ON candidate_merges
    FOR EACH ROW EXECUTE FUNCTION refresh_candidate('merged_id');
