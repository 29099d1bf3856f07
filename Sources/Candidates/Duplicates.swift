package import Kernel
package import Postgres
import ResumeParsing

/// Another candidate who may be the same person, as far as the reader may know of them.
package struct PossibleDuplicate: Codable, Sendable {
    package let candidateId: Identifier<User>
    package let name: String
    /// What the two have in common.
    package let reasons: [MergeReason]

    package init(_ row: Row) throws {
        candidateId = try row("id")
        name = ContactMask.masked(try row("name"))
        reasons = try row.reasons("reasons")
    }
}

extension Candidates {
    /// Those with the most in common first.
    package static func duplicates(of id: Identifier<User>, for member: Member) -> SQL {
        DuplicateQueries.list(of: id, for: member)
    }
}

enum DuplicateQueries {
    /// A trait shared by more people says nothing about any of them.
    private static let mostAlike = 200

    /// An address or a number that the reader would see masked isn't to be found out by adding somebody who has it: of people in the pool
    /// only the name is compared.
    static func list(of id: Identifier<User>, for member: Member) -> SQL {
        let tenant = member.tenant
        let audience = CandidateAudience(of: member, in: tenant)
        let own = MergeQueries.together(with: id, tenant: tenant)
        return """
            WITH own AS MATERIALIZED (\(own)), alike AS (
                SELECT COALESCE(m.kept_id, o.candidate_id) AS id, o.candidate_id AS found_id, o.reason
                FROM candidate_traits t
                CROSS JOIN LATERAL (
                    SELECT x.candidate_id, x.reason
                    FROM candidate_traits x
                    WHERE x.tenant_id = \(tenant) AND x.reason = t.reason AND x.value = t.value
                    LIMIT \(mostAlike)::int
                ) o
                LEFT JOIN candidate_merges m ON m.tenant_id = \(tenant) AND m.merged_id = o.candidate_id AND m.undone_at IS NULL
                WHERE t.tenant_id = \(tenant) AND t.candidate_id IN (SELECT own.id FROM own)
                    AND o.candidate_id NOT IN (SELECT own.id FROM own)
            )
            SELECT p.id, p.reasons, \(CandidateQueries.name(of: "u")) AS name
            FROM (
                SELECT a.id, array_agg(DISTINCT a.reason ORDER BY a.reason) AS reasons
                FROM alike a
                WHERE a.reason = 'name' OR \(audience.isGivenContact(of: "a.found_id", to: member.caller))
                GROUP BY a.id
            ) p
            JOIN users u ON u.tenant_id = \(tenant) AND u.id = p.id
            WHERE \(audience.includes("p.id"))
                AND NOT EXISTS (
                    SELECT
                    FROM merge_dismissals d
                    WHERE d.tenant_id = \(tenant) AND d.reasons @> p.reasons
                        AND d.first_id = LEAST(p.id, \(id)::uuid) AND d.second_id = GREATEST(p.id, \(id)::uuid)
                )
            ORDER BY cardinality(p.reasons) DESC, p.reasons, p.id
            LIMIT 10
            """
    }
}
