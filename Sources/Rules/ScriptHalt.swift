package import Foundation
import Kernel
import Postgres

/// Why a script that was live does nothing now, according to the event log.
package struct ScriptHalt: Codable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable {
        /// By a person.
        case disabled
        /// By itself, because it kept failing.
        case switchedOff
        /// It still runs, but its effects wait.
        case paused
    }

    package let kind: Kind
    package let since: Date
    package let reason: String?
}

extension Rules {
    func halts(of scripts: [Identifier<Script>], for admin: TenantAdmin) async throws(Failure) -> [Identifier<Script>: ScriptHalt] {
        let rows = try await store.query(as: admin, ScriptQueries.halts(of: scripts.map(\.uuid), tenant: admin.tenant))
        let pairs: [(Identifier<Script>, ScriptHalt)] = try rows.decoded { (try $0("id"), try ScriptHalt($0)) }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
}

extension ScriptQueries {
    fileprivate static func halts(of scripts: [UUID], tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT s.id, s.status, told.actor_kind, COALESCE(told.occurred_at, s.paused_at, s.updated_at) AS since, told.reason
        FROM scripts s
        LEFT JOIN LATERAL (
            SELECT e.actor_kind, e.occurred_at, e.payload ->> 'reason' AS reason
            FROM events e
            WHERE e.tenant_id = s.tenant_id AND e.subject_kind = 'script' AND e.subject_id = s.id
              AND e.name = CASE s.status WHEN 'disabled' THEN \(ScriptDisabled.name) ELSE \(ScriptPaused.name) END
            ORDER BY e.occurred_at DESC, e.id DESC
            LIMIT 1
        ) AS told ON true
        WHERE s.tenant_id = \(tenant) AND s.id = ANY(\(scripts)::uuid[]) AND (s.status = 'disabled' OR s.paused_at IS NOT NULL)
        """
    }
}

extension ScriptHalt {
    fileprivate init(_ row: Row) throws {
        let status: ScriptStatus = try row("status")
        let actor: String? = try row("actor_kind")
        self.init(
            kind: status == .disabled ? actor == "user" ? .disabled : .switchedOff : .paused,
            since: try row("since"),
            reason: try row("reason")
        )
    }
}
