import Foundation
import Kernel
import Postgres

enum ShadowQueries {
    static func begin(_ version: Int, of script: Identifier<Script>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE scripts
        SET shadow_version = \(version), shadow_since = \(tx.now), shadow_missed = 0, revision = revision + 1, updated_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND id = \(script)
        """
    }

    static func end(_ script: Identifier<Script>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE scripts
        SET shadow_version = NULL, shadow_since = NULL, revision = revision + 1, updated_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND id = \(script)
        """
    }

    static func miss(_ count: Int, _ shadow: ShadowOccasions.Shadow) -> SQL {
        """
        UPDATE scripts
        SET shadow_missed = shadow_missed + \(count)
        WHERE tenant_id = \(shadow.tenant) AND id = \(shadow.script) AND shadow_version = \(shadow.version)
        """
    }

    /// The version in shadow, if it is identical to the draft, with the current versions of its libraries.
    static func matching(_ script: Identifier<Script>, _ checked: CheckedSource, _ tx: TenantTransaction) throws -> SQL {
        """
        SELECT v.number
        FROM scripts s
        JOIN script_versions v ON v.tenant_id = s.tenant_id AND v.script_id = s.id AND v.number = s.shadow_version
        WHERE s.tenant_id = \(tx.tenant) AND s.id = \(script) AND v.source = s.draft_source AND v.grants IS NOT DISTINCT FROM s.draft_grants
          AND v.modules = \(try JSON(encoding: checked.modules).text)::jsonb
        """
    }

    static func view(_ script: Identifier<Script>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT s.shadow_version AS version, s.shadow_since AS since, found.runs, found.divergences, s.shadow_missed AS missed
        FROM scripts s
        JOIN script_versions v ON v.tenant_id = s.tenant_id AND v.script_id = s.id AND v.number = s.shadow_version
        CROSS JOIN LATERAL (
            SELECT count(*) AS runs, count(*) FILTER (WHERE r.diverges) AS divergences
            FROM script_runs r
            WHERE r.tenant_id = s.tenant_id AND r.script_id = s.id AND r.version_id = v.id AND r.mode = 'shadow'
        ) AS found
        WHERE s.tenant_id = \(tenant) AND s.id = \(script)
        """
    }

    /// The live version's run for the same occasion.
    static func live(_ script: Identifier<Script>, _ occasion: Occasion, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT outcome, reason, amendments, effects, seed, ran_at, reads, answers
        FROM script_runs
        WHERE tenant_id = \(tenant) AND script_id = \(script) AND hook = \(occasion.hook) AND occasion = \(occasion.key) AND mode = 'live'
        """
    }
}
