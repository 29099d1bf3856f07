import Foundation
import Kernel
import Postgres

/// Statements about what was added while two candidates were merged.
enum SinceQueries {
    /// In the order of time. What is left of somebody who was erased can't be given away.
    static func list(_ merge: Merge, _ belongings: [Belonging], only id: UUID? = nil, tenant: Identifier<Tenant>) -> SQL {
        let lists = belongings.map { belonging -> SQL in
            let one: SQL = id.map { "AND t.id = \($0)" } ?? ""
            let end: SQL = merge.undoneAt.map { "AND t.\(raw: belonging.since) < \($0)" } ?? ""
            return """
                SELECT
                    \(belonging.kind)::text AS subject_kind, t.id AS subject_id, \(belonging.label) AS label, t.candidate_id,
                    t.\(raw: belonging.since) AS came_at
                FROM \(raw: belonging.table) t
                JOIN users u ON u.tenant_id = t.tenant_id AND u.id = t.candidate_id AND u.status <> 'deleted'
                WHERE t.tenant_id = \(tenant) AND t.candidate_id IN (\(merge.keptId), \(merge.mergedId)) AND \(belonging.condition)
                    AND t.\(raw: belonging.since) >= \(merge.mergedAt) \(end) \(one)
                """
        }
        return """
            SELECT s.subject_kind, s.subject_id, s.label, s.candidate_id, s.came_at, a.assigned_by, a.assigned_at
            FROM (\(lists.joined(separator: " UNION ALL "))) s
            LEFT JOIN merge_assignments a
                ON a.tenant_id = \(tenant) AND a.merge_id = \(merge.id) AND a.subject_kind = s.subject_kind AND a.subject_id = s.subject_id
            ORDER BY s.came_at, s.subject_id
            LIMIT 1000
            """
    }

    static func lockThere(_ people: [Identifier<User>], _ tx: TenantTransaction) -> SQL {
        """
        SELECT u.id
        FROM users u
        WHERE u.tenant_id = \(tx.tenant) AND u.id = ANY(\(people.map(\.uuid))::uuid[]) AND u.status <> 'deleted'
        ORDER BY u.id
        FOR SHARE
        """
    }

    static func move(_ belonging: Belonging, _ input: AssignSince, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE \(raw: belonging.table) t
        SET candidate_id = \(input.candidateId), version = t.version + 1, updated_at = \(tx.now)
        WHERE t.tenant_id = \(tx.tenant) AND t.id = \(input.subjectId) AND NOT \(belonging.isTaken(input.candidateId))
        RETURNING t.id
        """
    }

    static func record(_ input: AssignSince, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO merge_assignments (tenant_id, merge_id, subject_kind, subject_id, candidate_id, assigned_by, assigned_at)
        VALUES (\(tx.tenant), \(input.id), \(input.kind), \(input.subjectId), \(input.candidateId), \(tx.caller.user), \(tx.now))
        ON CONFLICT (tenant_id, merge_id, subject_kind, subject_id) DO UPDATE
        SET candidate_id = EXCLUDED.candidate_id, assigned_by = EXCLUDED.assigned_by, assigned_at = EXCLUDED.assigned_at
        """
    }
}
