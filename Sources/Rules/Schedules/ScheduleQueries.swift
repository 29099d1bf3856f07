import Kernel
import Postgres

enum ScheduleQueries {
    static func list(tenant: Identifier<Tenant>, _ page: PageRequest) throws(Failure) -> SQL {
        try ListQuery(
            "s.id AS script_id, s.name AS script_name, d.payload ->> 'interval' AS interval, d.every_seconds, d.next_run_at",
            from: "schedules d JOIN scripts s ON s.tenant_id = d.tenant_id AND s.id = (d.payload ->> 'script')::uuid",
            where: "d.tenant_id = \(tenant) AND d.work_name = \(Tick.name)",
            by: .ascending(.time("next_run_at"), .text("script_name"), .text("interval"))
        ).page(
            page,
            details: ", last.id AS run_id, last.outcome, last.ran_at",
            joining: """
                LEFT JOIN LATERAL (
                    SELECT r.id, r.outcome, r.ran_at
                    FROM script_runs r
                    WHERE r.tenant_id = \(tenant) AND r.script_id = page.script_id AND r.hook = \(RunnerHook.every)
                      AND r.event_name = page.interval AND r.mode = 'live'
                    ORDER BY r.id DESC
                    LIMIT 1
                ) last ON TRUE
                """
        )
    }
}

extension ScheduleView {
    init(_ row: Row) throws {
        let run: Identifier<ScriptRun>? = try row("run_id")
        self.init(
            scriptId: try row("script_id"),
            scriptName: try row("script_name"),
            interval: try row("interval"),
            everySeconds: try row("every_seconds"),
            nextRunAt: try row("next_run_at"),
            lastRun: try run.map { LastRun(id: $0, outcome: try row("outcome"), ranAt: try row("ran_at")) }
        )
    }
}
