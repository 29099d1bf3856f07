import Foundation
import Kernel
import Postgres

enum ReplayQueries {
    private static let columns: SQL = """
        r.id, r.script_id, r.source, r.grants, r.modules, r.handlers, r.is_whole, r.status, r.reason, r.from_at, r.until_at, r.last, r.total, r.processed,
        r.cursor_at, r.cursor_id, r.tally, r.matrix, r.requested_by, r.created_at, r.started_at, r.finished_at,
        COALESCE(v.read_fields, '{}') AS live_reads
        """

    private static let sources: SQL = """
        script_replays r
        JOIN scripts s ON s.tenant_id = r.tenant_id AND s.id = r.script_id
        LEFT JOIN script_versions v ON v.tenant_id = s.tenant_id AND v.script_id = s.id AND v.number = s.live_version
        """

    static func insert(_ request: ReplayRequest, _ tx: TenantTransaction) throws(Failure) -> SQL {
        """
        INSERT INTO script_replays (
            tenant_id, id, script_id, source, grants, modules, handlers, is_whole, from_at, until_at, last, tally, requested_by, created_at
        )
        VALUES (
            \(tx.tenant), \(request.id), \(request.script), \(request.draft.source), \(request.draft.grants)::text[],
            \(try Wire.text(request.checked.modules))::jsonb, \(try Wire.text(request.handlers))::jsonb, \(request.isWhole), \(request.from), \(request.until),
            \(request.last), \(try Wire.text(ReplayTally()))::jsonb, \(tx.caller.user), \(tx.now)
        )
        """
    }

    static func replay(_ id: Identifier<Replay>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM \(fragment: sources)
        WHERE r.tenant_id = \(tenant) AND r.id = \(id)
        """
    }

    static func list(_ input: ListReplays, limit: Int, tenant: Identifier<Tenant>) -> SQL {
        ListQuery(columns, from: sources, where: "r.tenant_id = \(tenant) AND r.script_id = \(input.id)", by: .descending(.id("id")))
            .rows(after: input.cursor.map { "id < \($0)" }, limit: limit)
    }

    static func memory(of id: Identifier<Replay>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT store FROM script_replays WHERE tenant_id = \(tenant) AND id = \(id)"
    }

    /// Changes nothing if the replay was canceled, or another worker is ahead.
    static func advance(_ replay: Replay, since processed: Int, memory: JSON, _ tx: TenantTransaction) throws(Failure) -> SQL {
        """
        UPDATE script_replays
        SET processed = \(replay.processed), cursor_at = \(replay.cursor?.at), cursor_id = \(replay.cursor?.event),
            tally = \(try Wire.text(replay.tally))::jsonb, store = \(memory.text)::jsonb
        WHERE tenant_id = \(tx.tenant) AND id = \(replay.id) AND status = 'running' AND processed = \(processed)
        """
    }

    static func complete(_ id: Identifier<Replay>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE script_replays
        SET status = 'completed', finished_at = \(tx.now), matrix = COALESCE((
            SELECT jsonb_agg(jsonb_build_object('verdict', verdict, 'people', people, 'count', count) ORDER BY verdict, people)
            FROM (
                SELECT verdict, people, count(*) AS count
                FROM script_replay_verdicts
                WHERE tenant_id = \(tx.tenant) AND replay_id = \(id)
                GROUP BY verdict, people
            ) AS cells
        ), '[]')
        WHERE tenant_id = \(tx.tenant) AND id = \(id) AND status = 'running'
        """
    }

    static func cancel(_ id: Identifier<Replay>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE script_replays
        SET status = 'canceled', finished_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND id = \(id) AND status IN ('queued', 'running')
        """
    }

    static func fail(_ id: Identifier<Replay>, _ reason: String, tenant: Identifier<Tenant>, now: Date) -> SQL {
        """
        UPDATE script_replays
        SET status = 'failed', reason = \(reason), finished_at = \(now)
        WHERE tenant_id = \(tenant) AND id = \(id) AND status IN ('queued', 'running')
        """
    }
}

extension ReplayStatus: SQLEncodable, SQLDecodable {}
extension DifferenceKind: SQLEncodable, SQLDecodable {}

extension Replay {
    init(_ row: Row) throws {
        let cursor: Date? = try row("cursor_at")
        self.init(
            id: try row("id"),
            script: try row("script_id"),
            source: try row("source"),
            grants: try row("grants"),
            modules: try row.decoded("modules"),
            handlers: try row.decoded("handlers"),
            isWhole: try row("is_whole"),
            status: try row("status"),
            reason: try row("reason"),
            from: try row("from_at"),
            until: try row("until_at"),
            last: try row("last"),
            total: try row("total"),
            processed: try row("processed"),
            cursor: try cursor.map { ReplayCursor(at: $0, event: try row("cursor_id")) },
            tally: try row.decoded("tally"),
            matrix: try row.decoded("matrix"),
            requestedBy: try row("requested_by"),
            createdAt: try row("created_at"),
            startedAt: try row("started_at"),
            finishedAt: try row("finished_at"),
            liveReads: try row("live_reads")
        )
    }
}
