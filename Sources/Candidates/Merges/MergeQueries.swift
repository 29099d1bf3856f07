import Foundation
import Kernel
import Postgres

/// Statements on the ledger of merges.
enum MergeQueries {
    private static let columns: SQL = """
        m.id, m.kept_id, m.merged_id, m.reasons, m.merged_by, m.merged_at, m.undone_by, m.undone_at,
        (SELECT \(CandidateQueries.name(of: "k")) FROM users k WHERE k.tenant_id = m.tenant_id AND k.id = m.kept_id) AS kept_name,
        (SELECT \(CandidateQueries.name(of: "d")) FROM users d WHERE d.tenant_id = m.tenant_id AND d.id = m.merged_id) AS merged_name
        """

    /// One at a time per tenant, so that nobody is merged into somebody who is being merged.
    static func lock(_ tenant: Identifier<Tenant>) -> SQL {
        "SELECT pg_advisory_xact_lock(hashtextextended('merge ' || \(tenant.description), 0))"
    }

    static func kept(for id: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT m.kept_id
        FROM candidate_merges m
        WHERE m.tenant_id = \(tenant) AND m.merged_id = \(id) AND m.undone_at IS NULL
        """
    }

    /// All ids of the candidate with this one.
    static func together(with id: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT one.id
        FROM (SELECT COALESCE((\(kept(for: id, tenant: tenant))), \(id)::uuid) AS id) root
        CROSS JOIN LATERAL (
            SELECT root.id
            UNION ALL
            SELECT m.merged_id FROM candidate_merges m WHERE m.tenant_id = \(tenant) AND m.kept_id = root.id AND m.undone_at IS NULL
        ) one (id)
        """
    }

    /// The ids that lead to this one's profile.
    static func merged(into id: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT m.merged_id
        FROM candidate_merges m
        WHERE m.tenant_id = \(tenant) AND m.kept_id = \(id) AND m.undone_at IS NULL
        ORDER BY m.merged_at, m.merged_id
        """
    }

    static func entangled(_ kept: Identifier<User>, _ merged: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        SELECT m.id
        FROM candidate_merges m
        WHERE m.tenant_id = \(tx.tenant) AND m.undone_at IS NULL
            AND (m.merged_id IN (\(kept), \(merged)) OR m.kept_id = \(merged))
        LIMIT 1
        """
    }

    static func insert(_ id: Identifier<Merge>, _ input: MergeCandidates, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO candidate_merges AS m (tenant_id, id, kept_id, merged_id, reasons, merged_by, merged_at)
        SELECT
            \(tx.tenant), \(id), \(input.keptId)::uuid, \(input.mergedId)::uuid,
            (\(TraitQueries.shared(by: input.keptId, and: input.mergedId, tenant: tx.tenant))), \(tx.caller.user)::uuid, \(tx.now)::timestamptz
        RETURNING \(columns)
        """
    }

    static func list(before id: Identifier<Merge>?, limit: Int, tenant: Identifier<Tenant>) -> SQL {
        ListQuery(columns, from: "candidate_merges m", where: "m.tenant_id = \(tenant)", by: .descending(.id("id")))
            .rows(after: id.map { "id < \($0)" }, limit: limit)
    }

    static func undo(_ id: Identifier<Merge>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE candidate_merges m
        SET undone_by = \(tx.caller.user)::uuid, undone_at = \(tx.now)
        WHERE m.tenant_id = \(tx.tenant) AND m.id = \(id) AND m.undone_at IS NULL
        RETURNING \(columns)
        """
    }

    static func merge(_ id: Identifier<Merge>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT \(columns) FROM candidate_merges m WHERE m.tenant_id = \(tenant) AND m.id = \(id)"
    }

    static func end(with people: [Identifier<User>], _ tx: TenantTransaction) -> SQL {
        """
        UPDATE candidate_merges m
        SET undone_by = \(tx.caller.user)::uuid, undone_at = \(tx.now)
        WHERE m.tenant_id = \(tx.tenant) AND m.undone_at IS NULL
            AND (m.kept_id = ANY(\(people.map(\.uuid))::uuid[]) OR m.merged_id = ANY(\(people.map(\.uuid))::uuid[]))
        RETURNING \(columns)
        """
    }

    static func side(_ id: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT u.id, \(CandidateQueries.name(of: "u")) AS name, u.created_at
        FROM users u
        WHERE u.tenant_id = \(tenant) AND u.id = \(id) AND \(CandidateQueries.isActive("u"))
        """
    }

    static func holdings(of id: Identifier<User>, _ belongings: [Belonging], tenant: Identifier<Tenant>) -> SQL {
        belongings.map { belonging -> SQL in
            """
            SELECT \(belonging.kind)::text AS kind, count(*) AS count
            FROM \(raw: belonging.table) t
            WHERE t.tenant_id = \(tenant) AND t.candidate_id = \(id) AND \(belonging.condition)
            """
        }
        .joined(separator: " UNION ALL ")
    }
}
