import Foundation
import Kernel
import Postgres

/// Statements about traits that suggest two candidates are one person. Triggers keep them, folded, whenever an account or a resume changes.
enum TraitQueries {
    /// A trait shared by more people says nothing about any two of them.
    private static let mostAlike = 20

    /// Candidates who have something in common, without dismissed pairs; the older account is the one to keep.
    static func proposals(limit: Int, tenant: Identifier<Tenant>) -> SQL {
        """
        WITH shared AS (
            SELECT t.reason, t.value
            FROM candidate_traits t
            WHERE t.tenant_id = \(tenant)
            GROUP BY t.reason, t.value
            HAVING count(DISTINCT t.candidate_id) BETWEEN 2 AND \(mostAlike)
        ), alike AS (
            SELECT a.candidate_id AS kept_id, b.candidate_id AS merged_id, array_agg(DISTINCT s.reason) AS reasons
            FROM shared s
            JOIN candidate_traits a ON a.tenant_id = \(tenant) AND a.reason = s.reason AND a.value = s.value
            JOIN candidate_traits b
                ON b.tenant_id = \(tenant) AND b.reason = s.reason AND b.value = s.value AND b.candidate_id > a.candidate_id
            GROUP BY a.candidate_id, b.candidate_id
        )
        SELECT p.kept_id, p.merged_id, p.reasons, \(CandidateQueries.name(of: "k")) AS kept_name, \(CandidateQueries.name(of: "d")) AS merged_name
        FROM alike p
        JOIN users k ON k.tenant_id = \(tenant) AND k.id = p.kept_id AND \(CandidateQueries.isFound("k"))
        JOIN users d ON d.tenant_id = \(tenant) AND d.id = p.merged_id AND \(CandidateQueries.isFound("d"))
        WHERE NOT EXISTS (
            SELECT
            FROM merge_dismissals x
            WHERE x.tenant_id = \(tenant) AND x.first_id = p.kept_id AND x.second_id = p.merged_id AND x.reasons @> p.reasons
        )
        ORDER BY cardinality(p.reasons) DESC, p.reasons, p.kept_id, p.merged_id
        LIMIT \(limit)::int
        """
    }

    static func shared(by one: Identifier<User>, and other: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT COALESCE(array_agg(DISTINCT a.reason), '{}') AS reasons
        FROM candidate_traits a
        JOIN candidate_traits b ON b.tenant_id = a.tenant_id AND b.reason = a.reason AND b.value = a.value AND b.candidate_id = \(other)
        WHERE a.tenant_id = \(tenant) AND a.candidate_id = \(one)
        """
    }
}
