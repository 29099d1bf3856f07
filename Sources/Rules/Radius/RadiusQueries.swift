import Foundation
import Kernel
import Postgres

enum RadiusQueries {
    /// Reads at most 61 rows, however much a rule does.
    static func standing(_ script: Identifier<Script>, at now: Date, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT s.effects_per_hour AS own, v.effects_per_hour AS forecast, s.paused_at,
               \(fragment: spent(since: now.addingTimeInterval(-3600))) AS spent,
               \(fragment: spent(since: minute(now))) AS spent_this_minute
        FROM scripts s
        LEFT JOIN script_versions v ON v.tenant_id = s.tenant_id AND v.script_id = s.id AND v.number = s.live_version
        WHERE s.tenant_id = \(tenant) AND s.id = \(script)
        """
    }

    /// Like `standing`, with the waiting runs.
    static func view(_ script: Identifier<Script>, at now: Date, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT r.own, r.forecast, r.paused_at, r.spent, r.spent_this_minute,
               (SELECT count(*) FROM script_held h WHERE h.tenant_id = \(tenant) AND h.script_id = \(script) AND h.state = 'waiting') AS held
        FROM (\(fragment: standing(script, at: now, tenant: tenant))) AS r
        """
    }

    private static func spent(since time: Date) -> SQL {
        """
        (
            SELECT COALESCE(sum(e.effects), 0)::int
            FROM script_effects e
            WHERE e.tenant_id = s.tenant_id AND e.script_id = s.id AND e.minute >= \(time)
        )
        """
    }

    /// The row stays locked until commit, so that concurrent runs count each other.
    static func spend(_ effects: Int, of script: Identifier<Script>, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO script_effects (tenant_id, script_id, minute, effects)
        VALUES (\(tx.tenant), \(script), \(minute(tx.now)), \(effects))
        ON CONFLICT (tenant_id, script_id, minute) DO UPDATE SET effects = script_effects.effects + EXCLUDED.effects
        RETURNING effects
        """
    }

    private static func minute(_ time: Date) -> Date {
        Date(timeIntervalSince1970: (time.timeIntervalSince1970 / 60).rounded(.down) * 60)
    }

    static func limit(_ effectsPerHour: Int?, of script: Identifier<Script>, _ tx: TenantTransaction) -> SQL {
        "UPDATE scripts SET effects_per_hour = \(effectsPerHour) WHERE tenant_id = \(tx.tenant) AND id = \(script)"
    }

    static func pause(_ script: Identifier<Script>, _ tx: TenantTransaction) -> SQL {
        "UPDATE scripts SET paused_at = \(tx.now) WHERE tenant_id = \(tx.tenant) AND id = \(script) AND paused_at IS NULL"
    }

    /// Starts a fresh hour.
    static func resume(_ script: Identifier<Script>, _ tx: TenantTransaction) -> SQL {
        """
        WITH forgotten AS (
            DELETE FROM script_effects
            WHERE tenant_id = \(tx.tenant) AND script_id = \(script)
        )
        UPDATE scripts
        SET paused_at = NULL
        WHERE tenant_id = \(tx.tenant) AND id = \(script) AND paused_at IS NOT NULL
        """
    }
}
