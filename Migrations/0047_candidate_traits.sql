-- Traits that suggest that two candidates are one person, folded so that an index finds equal ones beneath row-level security too. A trait is stored
-- once for each source that has it: the account, or a resume.
CREATE TABLE candidate_traits (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    reason text NOT NULL,
    value text NOT NULL,
    candidate_id uuid NOT NULL,
    source_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, reason, value, candidate_id, source_id),
    CONSTRAINT candidate_traits_candidate FOREIGN KEY (tenant_id, candidate_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX candidate_traits_by_candidate ON candidate_traits (tenant_id, candidate_id, source_id);
CALL secure_tenant_table('candidate_traits', 'SELECT, INSERT, DELETE');

-- Ignores case, accents, spaces and punctuation. Marks that make a different letter (Indic vowels, voiced kana) stay. NFKD takes care of width and form;
-- letters that it doesn't take apart are replaced one by one.
CREATE FUNCTION folded_name(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT replace(replace(replace(replace(
        translate(
            regexp_replace(
                lower(normalize(name, NFKD) COLLATE "und-x-icu"),
                '[\u0300-\u036F\u0483-\u0489\u0591-\u05C7\u05F3\u05F4\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E8\u06EA-\u06ED'
                    || '\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE00-\uFE0F\uFE20-\uFE2F'
                    || '\u0001-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u00A9\u00AB-\u00B4\u00B6-\u00B9\u00BB-\u00BF\u02B9-\u02C1\u02C6-\u02CF'
                    || '\u1680\u180E\u2000-\u206F\u3000-\u3003\u30FB\uA78B\uA78C\uFEFF]',
                '', 'g'
            ),
            'øłđðħıŋŧς', 'olddhintσ'
        ),
        'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
$$;

CREATE PROCEDURE set_candidate_traits(of_tenant uuid, of_candidate uuid, source uuid, emails text[], phones text[], name text)
LANGUAGE sql AS $$
    WITH said AS (
        SELECT DISTINCT s.reason, left(s.value, 320) AS value
        FROM (
            -- The same mailbox, however it is tagged; without the country code, which not everybody writes.
            SELECT 'email', regexp_replace(lower(e), '\+[^@]*@', '@') FROM unnest(emails) e
            UNION ALL
            SELECT 'phone', right(regexp_replace(p, '\D', '', 'g'), 9) FROM unnest(phones) p
            UNION ALL
            SELECT 'name', folded_name(name)
        ) s (reason, value)
        WHERE length(s.value) > CASE s.reason WHEN 'phone' THEN 6 ELSE 0 END
    ), gone AS (
        DELETE FROM candidate_traits t
        WHERE t.tenant_id = of_tenant AND t.candidate_id = of_candidate AND t.source_id = source
            AND NOT EXISTS (SELECT FROM said s WHERE s.reason = t.reason AND s.value = t.value)
    )
    INSERT INTO candidate_traits (tenant_id, reason, value, candidate_id, source_id)
    SELECT of_tenant, s.reason, s.value, of_candidate, source
    FROM said s
    ORDER BY s.reason, s.value
    ON CONFLICT DO NOTHING
$$;

-- A closed account keeps its traits until its erasure removes and counts them.
CREATE FUNCTION set_traits_of_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'deleted' THEN
        RETURN NULL;
    ELSIF 'candidate' = ANY(NEW.roles) THEN
        CALL set_candidate_traits(
            NEW.tenant_id, NEW.id, NEW.id, ARRAY[NEW.email], ARRAY[NEW.phone], concat_ws(' ', NEW.first_name, NEW.last_name)
        );
    ELSE
        CALL set_candidate_traits(NEW.tenant_id, NEW.id, NEW.id, '{}', '{}', NULL);
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION texts_of_findings(findings jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY(
        SELECT f.value ->> 'value' FROM jsonb_array_elements(CASE jsonb_typeof(findings) WHEN 'array' THEN findings ELSE '[]' END) f
    )
$$;

CREATE FUNCTION set_traits_of_resume() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM users u WHERE u.tenant_id = NEW.tenant_id AND u.id = NEW.candidate_id AND u.status = 'deleted') THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.candidate_id <> NEW.candidate_id THEN
        CALL set_candidate_traits(OLD.tenant_id, OLD.candidate_id, OLD.id, '{}', '{}', NULL);
    END IF;
    IF NEW.deleted_at IS NULL THEN
        CALL set_candidate_traits(
            NEW.tenant_id, NEW.candidate_id, NEW.id, texts_of_findings(NEW.parsed -> 'emails'), texts_of_findings(NEW.parsed -> 'phones'), NULL
        );
    ELSE
        CALL set_candidate_traits(NEW.tenant_id, NEW.candidate_id, NEW.id, '{}', '{}', NULL);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER candidate_traits_of_account AFTER INSERT OR UPDATE OF email, phone, first_name, last_name, roles ON users
    FOR EACH ROW EXECUTE FUNCTION set_traits_of_account();
CREATE TRIGGER candidate_traits_of_resume AFTER INSERT OR UPDATE OF parsed, candidate_id, deleted_at ON resumes
    FOR EACH ROW EXECUTE FUNCTION set_traits_of_resume();

-- Dismissed proposals to merge: the two in the order of their ids, and the reasons at that time.
CREATE TABLE merge_dismissals (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    first_id uuid NOT NULL,
    second_id uuid NOT NULL,
    reasons text[] NOT NULL,
    dismissed_by uuid,
    dismissed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT merge_dismissals_once UNIQUE (tenant_id, first_id, second_id),
    CONSTRAINT merge_dismissals_first FOREIGN KEY (tenant_id, first_id) REFERENCES users (tenant_id, id),
    CONSTRAINT merge_dismissals_second FOREIGN KEY (tenant_id, second_id) REFERENCES users (tenant_id, id),
    CONSTRAINT merge_dismissals_in_order CHECK (first_id < second_id)
);
CREATE INDEX merge_dismissals_by_second ON merge_dismissals (tenant_id, second_id);
CALL secure_tenant_table('merge_dismissals');

-- The latest decision about whose something is that was added while two candidates were merged.
CREATE TABLE merge_assignments (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    merge_id uuid NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    candidate_id uuid NOT NULL,
    assigned_by uuid,
    assigned_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, merge_id, subject_kind, subject_id),
    CONSTRAINT merge_assignments_merge FOREIGN KEY (tenant_id, merge_id) REFERENCES candidate_merges (tenant_id, id),
    CONSTRAINT merge_assignments_candidate FOREIGN KEY (tenant_id, candidate_id) REFERENCES users (tenant_id, id)
);
CALL secure_tenant_table('merge_assignments', 'SELECT, INSERT, UPDATE');

-- Whether administrators were told. They were told of existing flags.
ALTER TABLE retention_flags ADD COLUMN is_told boolean NOT NULL DEFAULT true;
CREATE INDEX retention_flags_untold ON retention_flags (tenant_id) WHERE NOT is_told;
