import Kernel
import Postgres
import Synchronization

/// Each tenant's live rules in memory, so that a change without rules costs nothing. PostgreSQL notifies of publications; if a notification
/// gets lost, an entry is used no longer than `lifetime`.
final class LiveRules: Sendable {
    private struct Entry {
        let rules: TenantRules
        let loadedAt: ContinuousClock.Instant
    }

    private struct State {
        var entries: [Identifier<Tenant>: Entry] = [:]
        /// Counts invalidations: what was read before one must not be kept after it.
        var generation = 0
    }

    private static let lifetime = Duration.seconds(15)

    private let state = Mutex(State())

    /// `query` reads through the caller's own connection; a gate inside a transaction needs no second one.
    func rules(
        of tenant: Identifier<Tenant>,
        vocabulary: RunnerVocabulary,
        query: (SQL) async throws(Failure) -> Rows
    ) async throws(Failure) -> TenantRules {
        let (known, generation) = state.withLock { ($0.entries[tenant], $0.generation) }
        if let known, known.loadedAt.duration(to: .now) < Self.lifetime { return known.rules }
        let start = ContinuousClock.now
        let published = try await query(ScriptQueries.live(tenant)).decoded(PublishedRule.init)
        let rules = TenantRules(published, tenant: tenant, vocabulary: vocabulary)
        state.withLock { state in
            if state.generation == generation { state.entries[tenant] = Entry(rules: rules, loadedAt: start) }
        }
        return rules
    }

    func forget(_ tenant: Identifier<Tenant>) {
        state.withLock { state in
            state.entries[tenant] = nil
            state.generation += 1
        }
    }

    func forgetAll() {
        state.withLock { state in
            state.entries = [:]
            state.generation += 1
        }
    }
}
