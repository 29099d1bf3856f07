import Foundation
import Kernel
import Postgres

enum TrialQueries {
    /// What it says about these events replaces what earlier trials of the same source said about them.
    static func record(_ trial: Trial, for events: [String], of digest: Data, tenant: Identifier<Tenant>) -> SQL {
        """
        INSERT INTO script_trials (tenant_id, digest, kind, read_fields, effects_per_hour, refused, tried_by, tried_at)
        VALUES (
            \(tenant), \(digest), \(trial.kind), \(trial.readFields)::text[], \(trial.effectsPerHour), \(trial.refused)::text[], \(trial.triedBy),
            \(trial.triedAt)
        )
        ON CONFLICT (tenant_id, digest) DO UPDATE
        SET kind = excluded.kind, tried_by = excluded.tried_by, tried_at = excluded.tried_at,
            effects_per_hour = COALESCE(excluded.effects_per_hour, script_trials.effects_per_hour),
            read_fields = ARRAY(
                SELECT DISTINCT field
                FROM unnest(script_trials.read_fields || excluded.read_fields) AS field
                ORDER BY field
            ),
            refused = ARRAY(
                SELECT event FROM unnest(script_trials.refused) AS event WHERE event <> ALL(\(events)::text[])
                UNION
                SELECT unnest(excluded.refused)
                ORDER BY 1
            )
        """
    }

    static func trial(of digest: Data, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT kind, tried_by, tried_at, read_fields, effects_per_hour, refused
        FROM script_trials
        WHERE tenant_id = \(tenant) AND digest = \(digest)
        """
    }
}

extension TrialKind: SQLEncodable, SQLDecodable {}

extension Trial {
    init(_ row: Row) throws {
        self.init(
            kind: try row("kind"),
            triedBy: try row("tried_by"),
            triedAt: try row("tried_at"),
            readFields: try row("read_fields"),
            effectsPerHour: try row("effects_per_hour"),
            refused: try row("refused")
        )
    }
}
