import Foundation
import Kernel
import Postgres

enum CandidateQueries {
    static func profile(_ id: Identifier<User>, tenant: Identifier<Tenant>, locked: Bool = false) -> SQL {
        """
        SELECT headline, summary, location, skills, preferences::text AS preferences, job_search_mode, visibility, version
        FROM candidates
        WHERE tenant_id = \(tenant) AND id = \(id)
        \(fragment: locked ? "FOR UPDATE" : "")
        """
    }

    static func isCandidate(_ id: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT 1 FROM users u WHERE u.tenant_id = \(tenant) AND u.id = \(id) AND \(isActive("u"))"
    }

    /// Whether this audience knows of the candidate.
    static func isListed(_ id: Identifier<User>, for audience: CandidateAudience) -> SQL {
        "SELECT 1 WHERE \(audience.includes("\(id)"))"
    }

    /// One to a company of the member. An erased one gives nothing away.
    static func application(of id: Identifier<User>, to member: Member) -> SQL {
        """
        SELECT 1
        FROM applications a
        WHERE a.tenant_id = \(member.tenant) AND a.candidate_id IN \(Candidates.ids(with: id, tenant: member.tenant))
            AND a.applicant ->> 'name' <> \(Erased.mark) AND \(member.scope(.viewApplications).includes("a.company_id"))
            AND \(member.caller.knowsJob("a.job_id"))
        LIMIT 1
        """
    }

    /// With an account, or added by a company.
    static func isActive(_ user: StaticString) -> SQL {
        "'candidate' = ANY(\(raw: user).roles) AND \(raw: user).status IN ('active', 'sourced')"
    }

    /// A merged candidate is found under the account that was kept.
    static func isFound(_ user: StaticString) -> SQL {
        """
        \(isActive(user)) AND NOT EXISTS (
            SELECT FROM candidate_merges m WHERE m.tenant_id = \(raw: user).tenant_id AND m.merged_id = \(raw: user).id AND m.undone_at IS NULL
        )
        """
    }

    static func name(of user: StaticString) -> SQL {
        "COALESCE(NULLIF(concat_ws(' ', \(raw: user).first_name, \(raw: user).last_name), ''), 'Candidate')"
    }

    static func insertMissing(_ id: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO candidates (tenant_id, id, version, updated_at)
        VALUES (\(tx.tenant), \(id), 0, \(tx.now))
        ON CONFLICT (tenant_id, id) DO NOTHING
        """
    }

    static func update(
        _ stored: StoredProfile,
        _ input: UpdateCandidate,
        of id: Identifier<User>,
        _ tx: TenantTransaction
    ) throws(Failure) -> SQL {
        let preferences = try Wire.text(input.preferences.value(or: stored.preferences) ?? .none)
        let skills = input.skills.value(or: stored.skills) { $0.elements.map(\.value) }
        return """
            UPDATE candidates
            SET headline = \(input.headline.value(or: stored.headline) { $0.value }),
                summary = \(input.summary.value(or: stored.summary) { $0.value }),
                location = \(input.location.value(or: stored.location) { $0.value }),
                skills = \(skills)::text[],
                preferences = \(preferences)::jsonb,
                job_search_mode = \(input.jobSearchMode ?? stored.jobSearchMode),
                visibility = \(input.visibility ?? stored.visibility),
                version = version + 1,
                updated_at = \(tx.now)
            WHERE tenant_id = \(tx.tenant) AND id = \(id)
            """
    }

    /// From what is kept of candidates to be searched; what is shown is read for the page only.
    static func search(_ input: SearchCandidates, by member: Member, _ page: PageRequest) throws(Failure) -> SQL {
        let tenant = member.tenant
        return try list(input, tenant, CandidateAudience(of: member, in: tenant)).page(
            page,
            details: ", known.name, known.headline, known.location, known.skills, known.years, known.job_search_mode",
            joining: "LEFT JOIN LATERAL (\(known("page.id", tenant))) AS known ON TRUE"
        )
    }

    /// By name. Words are looked up in an index that has whoever holds the very word first, and then goes by name. What else is asked for is
    /// looked up for each row, and not joined, so that the index's order stays.
    private static func list(
        _ input: SearchCandidates,
        _ tenant: Identifier<Tenant>,
        _ audience: CandidateAudience
    ) -> ListQuery {
        let words = SearchWord.all(input)
        let facets = facets(input)
        guard let lead = words.first else {
            let asked = input.q != nil || input.skills?.elements.isEmpty == false || input.location != nil
            let branches = audience.parts("e.audience").map { part in
                ListQuery.Branch(
                    "e.id, e.name AS sorted_by",
                    from: "candidate_listings e",
                    where: (["e.tenant_id = \(tenant)", part, asked ? "FALSE" : "TRUE"] + facets).joined(separator: " AND ")
                )
            }
            return ListQuery(branches, by: .ascending(.text("sorted_by"), .id("id")), overlap: true)
        }
        // Each candidate once, by the first of their words that begins so.
        var conditions: [SQL] = [
            "t.tenant_id = \(tenant)", lead.matches("t.term"),
            """
            (
                SELECT TRUE FROM candidate_words o
                WHERE o.tenant_id = \(tenant) AND o.candidate_id = t.candidate_id AND o.audience = t.audience
                    AND o.term >= \(lead.start) AND o.term < t.term
                LIMIT 1
            ) IS NULL
            """,
        ]
        for word in words.dropFirst() {
            conditions.append(
                """
                (
                    SELECT TRUE FROM candidate_words o
                    WHERE o.tenant_id = \(tenant) AND o.candidate_id = t.candidate_id AND o.audience = t.audience
                        AND \(word.matches("o.term"))
                    LIMIT 1
                )
                """
            )
        }
        if !facets.isEmpty {
            let all = facets.joined(separator: " AND ")
            conditions.append(
                """
                (
                    SELECT \(all) FROM candidate_listings e
                    WHERE e.tenant_id = \(tenant) AND e.id = t.candidate_id AND e.audience = t.audience
                )
                """
            )
        }
        let branches = audience.parts("t.audience").map { part in
            ListQuery.Branch(
                "t.candidate_id AS id, t.term, t.name AS sorted_by",
                from: "candidate_words t",
                where: ([part] + conditions).joined(separator: " AND ")
            )
        }
        return ListQuery(branches, by: .ascending(.text("term"), .text("sorted_by"), .id("id")), overlap: true)
    }

    private static func facets(_ input: SearchCandidates) -> [SQL] {
        // A skill's words lead to candidates, the whole of it decides.
        var facets = (input.skills?.elements ?? []).map { skill -> SQL in "search_folded(\(skill)) = ANY(e.skills)" }
        if let least = input.experienceMin { facets.append("e.years >= \(least)") }
        if let most = input.experienceMax { facets.append("e.years <= \(most)") }
        if let mode = input.jobSearchMode { facets.append("e.job_search_mode = \(mode)") }
        return facets
    }

    /// The person's own words first, then those of the latest resume that was read.
    private static func known(_ id: SQL, _ tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(name(of: "u")) AS name,
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
            WHERE f.tenant_id = \(tenant) AND f.candidate_id = u.id AND f.deleted_at IS NULL AND f.parsed IS NOT NULL
            ORDER BY f.created_at DESC, f.id DESC
            LIMIT 1
        ) r ON TRUE
        WHERE u.tenant_id = \(tenant) AND u.id = \(id)
        """
    }
}

/// A word that somebody searches for: the beginning of one that a candidate has.
struct SearchWord {
    private let text: String
    /// What the terms of places begin with.
    private let mark: String

    /// The longest first, which lead to the fewest; no more than anybody types.
    static func all(_ input: SearchCandidates) -> [SearchWord] {
        var words = split(input.q?.value ?? "").map { SearchWord(text: $0, mark: "") }
        for skill in input.skills?.elements ?? [] { words += split(skill.value).map { SearchWord(text: $0, mark: "") } }
        words += split(input.location?.value ?? "").map { SearchWord(text: $0, mark: "\u{1}") }
        return Array(words.sorted { $0.text.count > $1.text.count }.prefix(12))
    }

    /// As `search_terms` splits what is searched; but for the @, so that nobody is found by an address.
    private static func split(_ text: String) -> [String] {
        let separators = CharacterSet(charactersIn: #"!"$%&()*,-./:;<=>?[\]^_{|}~·•–—“”„«»、，。・"#).union(.whitespacesAndNewlines)
        return text.precomposedStringWithCompatibilityMapping.components(separatedBy: separators).filter { !$0.isEmpty }
            .map { String($0.prefix(40)) }
    }

    var start: SQL { "\(mark)::text || search_folded(\(text))" }

    func matches(_ column: StaticString) -> SQL {
        "\(raw: column) >= \(start) AND \(raw: column) < \(start) || U&'\\+10FFFF'"
    }
}
