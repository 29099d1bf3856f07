import Foundation
import Kernel
import Postgres

/// Statements about dismissed proposals. A pair is stored in the order of its ids.
enum DismissalQueries {
    private static let columns: SQL = """
        d.id, d.first_id, \(CandidateQueries.name(of: "a")) AS first_name, d.second_id, \(CandidateQueries.name(of: "b")) AS second_name,
        d.reasons, d.dismissed_by, d.dismissed_at
        """

    private static let tables: SQL = """
        merge_dismissals d
        JOIN users a ON a.tenant_id = d.tenant_id AND a.id = d.first_id
        JOIN users b ON b.tenant_id = d.tenant_id AND b.id = d.second_id
        """

    static func dismiss(_ first: Identifier<User>, _ second: Identifier<User>, _ reasons: [MergeReason], _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO merge_dismissals AS d (tenant_id, id, first_id, second_id, reasons, dismissed_by, dismissed_at)
        VALUES (
            \(tx.tenant), \(Identifier<MergeDismissal>()), \(first), \(second), \(reasons.map(\.rawValue))::text[], \(tx.caller.user), \(tx.now)
        )
        ON CONFLICT (tenant_id, first_id, second_id) DO UPDATE
        SET reasons = EXCLUDED.reasons, dismissed_by = EXCLUDED.dismissed_by, dismissed_at = EXCLUDED.dismissed_at
        RETURNING d.id
        """
    }

    static func dismissal(_ id: Identifier<MergeDismissal>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT \(columns) FROM \(tables) WHERE d.tenant_id = \(tenant) AND d.id = \(id)"
    }

    static func list(before id: Identifier<MergeDismissal>?, limit: Int, tenant: Identifier<Tenant>) -> SQL {
        ListQuery(columns, from: tables, where: "d.tenant_id = \(tenant)", by: .descending(.id("id")))
            .rows(after: id.map { "id < \($0)" }, limit: limit)
    }

    static func undo(_ id: Identifier<MergeDismissal>, _ tx: TenantTransaction) -> SQL {
        """
        DELETE FROM merge_dismissals d
        WHERE d.tenant_id = \(tx.tenant) AND d.id = \(id)
        RETURNING d.first_id, d.second_id
        """
    }

    static func forget(_ people: [Identifier<User>], _ tx: TenantTransaction) -> SQL {
        """
        DELETE FROM merge_dismissals d
        WHERE d.tenant_id = \(tx.tenant)
            AND (d.first_id = ANY(\(people.map(\.uuid))::uuid[]) OR d.second_id = ANY(\(people.map(\.uuid))::uuid[]))
        """
    }
}
