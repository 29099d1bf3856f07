import Kernel
import Postgres

/// What a tenant's live and shadow versions react to, stored where events are appended and schedules are read.
enum HookQueries {
    /// Publications within a tenant run one after another, so that each sees the results of the ones before.
    static func lock(_ tenant: Identifier<Tenant>) -> SQL {
        "SELECT pg_advisory_xact_lock(hashtextextended('rules ' || \(tenant.description), 0))"
    }

    static func refresh(_ tx: TenantTransaction) -> [SQL] {
        [dropSubscriptions(tx.tenant), addSubscriptions(tx.tenant), dropSchedules(tx.tenant), addSchedules(tx), announce(tx.tenant)]
    }

    private static func hooks(_ hook: RunnerHook, _ tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT s.tenant_id, s.id AS script_id, h.value ->> 'name' AS name, (h.value ->> 'seconds')::int AS seconds,
               (h.value ->> 'at')::time AS at_time, translate(h.value ->> 'days', '[]', '{}')::smallint[] AS days
        FROM scripts s
        JOIN script_versions v ON v.tenant_id = s.tenant_id AND v.script_id = s.id
          AND (s.status = 'live' AND v.number = s.live_version OR v.number = s.shadow_version)
        CROSS JOIN LATERAL jsonb_array_elements(v.handlers) h
        WHERE s.tenant_id = \(tenant) AND s.kind = 'rule' AND h.value ->> 'hook' = \(hook)
        """
    }

    private static func dropSubscriptions(_ tenant: Identifier<Tenant>) -> SQL {
        """
        DELETE FROM event_subscriptions
        WHERE tenant_id = \(tenant) AND work_name = \(React.name)
          AND event_name NOT IN (SELECT name FROM (\(fragment: hooks(.on, tenant))) AS live)
        """
    }

    private static func addSubscriptions(_ tenant: Identifier<Tenant>) -> SQL {
        """
        INSERT INTO event_subscriptions (tenant_id, event_name, work_name)
        SELECT DISTINCT tenant_id, name, \(React.name) FROM (\(fragment: hooks(.on, tenant))) AS live
        ON CONFLICT DO NOTHING
        """
    }

    private static func dropSchedules(_ tenant: Identifier<Tenant>) -> SQL {
        """
        DELETE FROM schedules
        WHERE tenant_id = \(tenant) AND work_name = \(Tick.name)
          AND name NOT IN (SELECT 'rules:' || script_id || ':' || name FROM (\(fragment: hooks(.every, tenant))) AS live)
        """
    }

    /// A schedule that stays keeps its times.
    private static func addSchedules(_ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO schedules (tenant_id, name, work_name, payload, every_seconds, at_time, days, next_run_at)
        SELECT DISTINCT live.tenant_id, 'rules:' || live.script_id || ':' || live.name, \(Tick.name),
               jsonb_build_object('script', live.script_id, 'interval', live.name), live.seconds, live.at_time, live.days,
               CASE WHEN live.at_time IS NULL THEN \(tx.now)::timestamptz + make_interval(secs => live.seconds)
                    ELSE next_local_run(\(tx.now), NULL, 1, live.at_time, live.days, t.settings ->> 'timeZone') END
        FROM (\(fragment: hooks(.every, tx.tenant))) AS live
        JOIN tenants t ON t.id = live.tenant_id
        ON CONFLICT (tenant_id, name) DO NOTHING
        """
    }

    /// Every server process hears it when the transaction commits.
    private static func announce(_ tenant: Identifier<Tenant>) -> SQL {
        "SELECT pg_notify(\(RuleGate.channel), \(tenant.description))"
    }
}
