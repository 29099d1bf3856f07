import Foundation
import Kernel
import Postgres

enum CandidateQueries {
    static func profile(_ id: Identifier<User>, tenant: Identifier<Tenant>, locked: Bool = false) -> SQL {
        """
        SELECT headline, summary, location, skills, preferences::text AS preferences, job_search_mode, version
        FROM candidates
        WHERE tenant_id = \(tenant) AND id = \(id)
        \(fragment: locked ? "FOR UPDATE" : "")
        """
    }

    static func isCandidate(_ id: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT 1 FROM users u WHERE u.tenant_id = \(tenant) AND u.id = \(id) AND \(isActive("u"))"
    }

    static func isActive(_ user: StaticString) -> SQL { "'candidate' = ANY(\(raw: user).roles) AND \(raw: user).status = 'active'" }

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
                version = version + 1,
                updated_at = \(tx.now)
            WHERE tenant_id = \(tx.tenant) AND id = \(id)
            """
    }

    static func search(_ input: SearchCandidates, tenant: Identifier<Tenant>, _ page: PageRequest) -> SQL {
        ListQuery(
            "id, name, headline, location, skills, years, job_search_mode",
            from: "(\(known(tenant))) AS known",
            where: conditions(input),
            by: "name, id"
        ).page(page)
    }

    /// The person's own words first, then those of the latest resume that was read.
    private static func known(_ tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT u.id, \(name(of: "u")) AS name,
               COALESCE(c.headline, r.parsed #>> '{headline,value}') AS headline,
               COALESCE(c.location, r.parsed #>> '{location,value}') AS location,
               COALESCE(c.skills, ARRAY(SELECT s.value ->> 'name' FROM jsonb_array_elements(r.parsed -> 'skills') s)) AS skills,
               (r.parsed #>> '{totalYearsOfExperience,value}')::float8 AS years,
               COALESCE(c.job_search_mode, 'passive') AS job_search_mode
        FROM users u
        LEFT JOIN candidates c ON c.tenant_id = u.tenant_id AND c.id = u.id
        LEFT JOIN LATERAL (
            SELECT parsed
            FROM resumes
            WHERE tenant_id = \(tenant) AND candidate_id = u.id AND deleted_at IS NULL AND parsed IS NOT NULL
            ORDER BY created_at DESC, id DESC
            LIMIT 1
        ) r ON true
        WHERE u.tenant_id = \(tenant) AND \(isFound("u"))
        """
    }

    /// What is masked when shown can't be found out by searching for it: words with an @, links, and runs of digits like telephone numbers.
    private static func withoutContacts(_ text: SQL) -> SQL {
        #"""
        regexp_replace(\#(fragment: text), '\S*(@|://|[(\[{]at[)\]}])\S*|\mwww\.\S+|\m\S+\.\w+/\S*|[+(]?\d(?:[\s().–/-]{0,2}\d){6,}|\m\S+ at \S+ dot \S+', '•••', 'gi')
        """#
    }

    private static func conditions(_ input: SearchCandidates) -> SQL {
        var conditions: [SQL] = ["job_search_mode <> 'hidden'"]
        if let words = input.q {
            let text: SQL = "concat_ws(' ', name, headline, array_to_string(skills, ' '))"
            conditions.append("position(lower(\(words)) IN lower(\(fragment: withoutContacts(text)))) > 0")
        }
        for skill in input.skills?.elements ?? [] {
            conditions.append(
                "EXISTS (SELECT FROM unnest(skills) s WHERE lower(s) = lower(\(skill)) AND s = \(fragment: withoutContacts("s")))"
            )
        }
        if let place = input.location {
            conditions.append("position(lower(\(place)) IN lower(\(fragment: withoutContacts("location")))) > 0")
        }
        if let least = input.experienceMin { conditions.append("years >= \(least)") }
        if let most = input.experienceMax { conditions.append("years <= \(most)") }
        if let mode = input.jobSearchMode { conditions.append("job_search_mode = \(mode)") }
        return conditions.joined(separator: " AND ")
    }
}
