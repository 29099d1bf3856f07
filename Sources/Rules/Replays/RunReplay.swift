import Foundation
import Kernel
import Synchronization

/// Runs a replay, from where it has come to.
struct RunReplay: Work {
    static let name = "rules.replay"
    static let lane = Lane.heavy
    /// It reads everything from a period that may be a year.
    static let timeout = Duration.seconds(3600)
    let replay: Identifier<Replay>
}

/// Limits how many replays run in this process: the worker's other slots are for what people wait for.
final class ReplayDesk: Sendable {
    private static let seats = 2
    private let taken = Mutex(0)

    func take() -> Bool {
        taken.withLock { taken in
            guard taken < Self.seats else { return false }
            taken += 1
            return true
        }
    }

    func leave() { taken.withLock { $0 -= 1 } }
}

extension Rules {
    private static let fullDeskPause: TimeInterval = 2

    func replay(_ work: RunReplay, as actor: SystemActor) async throws {
        guard desk.take() else {
            return try await store.transaction(as: actor) { tx in
                try tx.enqueue(work, WorkOptions(notBefore: tx.now + Self.fullDeskPause, uniqueKey: "\(work.replay) put off"))
            }
        }
        defer { desk.leave() }
        guard let replay = try await begin(work.replay, actor) else { return }
        let runners = gate.runners.another(size: 2)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await run(replay, runners, actor)) } catch { outcome = .failure(error) }
        await runners.close()
        do { try outcome.get() } catch let failure as Failure where failure.kind == .internal && !Task.isCancelled {
            let statement = ReplayQueries.fail(work.replay, failure.message, tenant: actor.tenant, now: store.clock.now())
            _ = try await store.query(as: actor, statement)
        }
    }

    /// Nil if there is nothing left to do.
    private func begin(_ id: Identifier<Replay>, _ actor: SystemActor) async throws(Failure) -> Replay? {
        let rows = try await store.query(as: actor, ReplayQueries.replay(id, tenant: actor.tenant))
        guard let replay = try rows.decoded(Replay.init).first, !replay.status.isOver else { return nil }
        let names = Set(hooks.replayPoints(replay.handlers).map(\.event)).sorted()
        let begun = try await store.query(as: actor, ReplayEventQueries.begin(replay, names, actor.tenant, store.clock.now()))
        guard !begun.isEmpty else { return nil }
        let again = try await store.query(as: actor, ReplayQueries.replay(id, tenant: actor.tenant))
        return try again.decoded(Replay.init).first
    }

    private func run(_ replay: Replay, _ runners: RunnerPool, _ actor: SystemActor) async throws {
        guard let learned = gate.learned else { throw Failure.unavailable }
        let journey = ReplayJourney(outcomes: try await outcomes(actor), statusEvents: hooks.statusEvents)
        let points = hooks.replayPoints(replay.handlers).sorted { $0.hook == .before && $1.hook != .before }
        let memory = ReplayMemory(try await remembered(replay, actor))
        let runner = ReplayRunner(
            rule: LiveRule(replay.draft, modules: replay.modules, of: actor.tenant, vocabulary: learned.operations.vocabulary),
            points: Dictionary(grouping: points, by: \.event),
            runners: runners,
            lanes: replay.remembers ? 1 : 2,
            memory: memory,
            answers: ReplayAnswer.all(for: replay, learned.operations, hooks),
            learned: learned,
            actor: actor
        )
        try await ReplayCourse(rules: self, runner: runner, journey: journey, memory: memory, actor: actor).run(replay)
    }

    private func remembered(_ replay: Replay, _ actor: SystemActor) async throws(Failure) -> [String: JSON] {
        let rows = try await store.query(as: actor, ReplayQueries.memory(of: replay.id, tenant: actor.tenant))
        guard case .object(let values)? = try rows.decoded({ try $0.json("store") }).first else { return [:] }
        return values
    }
}

extension ReplayStatus {
    var isOver: Bool { self != .queued && self != .running }
}
