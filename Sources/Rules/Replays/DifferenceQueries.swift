import Foundation
import Kernel
import Postgres

enum DifferenceQueries {
    static func insert(_ differences: JSON, of replay: Identifier<Replay>, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO script_replay_differences (
            tenant_id, replay_id, number, event_id, event_name, subject_kind, subject_id, label, occurred_at, kinds, outcome, reason, would,
            did, is_approximate
        )
        SELECT \(tx.tenant), \(replay), d.number, d.event_id, d.event_name, d.subject_kind, d.subject_id, d.label, d.occurred_at, d.kinds,
               d.outcome, d.reason, d.would, d.did, d.is_approximate
        FROM jsonb_to_recordset(\(differences.text)::jsonb) AS d (
            number integer, event_id uuid, event_name text, subject_kind text, subject_id uuid, label text, occurred_at timestamptz,
            kinds text[], outcome text, reason text, would jsonb, did jsonb, is_approximate boolean
        )
        """
    }

    /// A later verdict on the same subject replaces the earlier one only if it says something.
    static func judge(_ verdicts: JSON, in replay: Identifier<Replay>, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO script_replay_verdicts AS known (tenant_id, replay_id, subject_id, verdict, people)
        SELECT \(tx.tenant), \(replay), v.subject, v.verdict, v.people
        FROM jsonb_to_recordset(\(verdicts.text)::jsonb) AS v (subject uuid, verdict text, people text)
        ON CONFLICT (tenant_id, replay_id, subject_id) DO UPDATE
        SET verdict = excluded.verdict, people = excluded.people
        WHERE excluded.verdict <> 'none'
        """
    }

    static func forgetVerdicts(of replay: Identifier<Replay>, _ tx: TenantTransaction) -> SQL {
        "DELETE FROM script_replay_verdicts WHERE tenant_id = \(tx.tenant) AND replay_id = \(replay)"
    }

    static func list(
        of replay: Identifier<Replay>,
        kind: DifferenceKind?,
        after cursor: Int,
        limit: Int,
        tenant: Identifier<Tenant>
    ) -> SQL {
        let filter: SQL = if let kind { "AND \(kind) = ANY(kinds)" } else { "" }
        return """
            SELECT number, event_id, event_name, subject_kind, subject_id, label, occurred_at, kinds, outcome, reason, would, did, is_approximate
            FROM script_replay_differences
            WHERE tenant_id = \(tenant) AND replay_id = \(replay) AND number > \(cursor) \(fragment: filter)
            ORDER BY number
            LIMIT \(limit)
            """
    }
}

extension DifferenceView {
    init(_ row: Row) throws {
        let kinds: [String] = try row("kinds")
        self.init(
            number: try row("number"),
            eventId: try row("event_id"),
            event: try row("event_name"),
            subjectKind: try row("subject_kind"),
            subjectId: try row("subject_id"),
            label: try row("label"),
            occurredAt: try row("occurred_at"),
            kinds: kinds.compactMap(DifferenceKind.init),
            outcome: try row("outcome"),
            reason: try row("reason"),
            would: try row.json("would"),
            did: try row.json("did"),
            isApproximate: try row("is_approximate")
        )
    }
}
