import Foundation
package import Kernel
import Postgres

extension Rules {
    private static let day: TimeInterval = 86_400

    package var upkeep: [Upkeep] {
        [
            // Receipts are large.
            .expired("rule receipts", from: "script_runs", by: "ran_at", after: 90 * Self.day, batch: 500, where: RunQueries.isNotHeld),
            // Replays and their findings are kept for 30 days. The findings may be as large as everything else, so they go first.
            Upkeep("replay differences") { RunQueries.expiredOfReplays("script_replay_differences", "number", at: $0, limit: $1) },
            Upkeep("replay verdicts") { RunQueries.expiredOfReplays("script_replay_verdicts", "subject_id", at: $0, limit: $1) },
            .expired("replays", from: "script_replays", by: "created_at", after: RunQueries.replayLife, batch: 100),
            // A draft that has not been published for so long may well be tried again.
            .expired("rule trials", from: "script_trials", key: "tenant_id, digest", by: "tried_at", after: 90 * Self.day),
            // What rules did is counted for an hour.
            .expired("rule effects", from: "script_effects", key: "tenant_id, script_id, minute", by: "minute", after: 2 * 3600),
            // The vocabulary of this server's rules, for executing runs again when it has changed.
            Upkeep("rule vocabulary") { [gate] now, _ in
                RunQueries.remember(gate.learned?.operations.vocabulary ?? RunnerVocabulary(), at: now)
            },
        ]
    }
}
