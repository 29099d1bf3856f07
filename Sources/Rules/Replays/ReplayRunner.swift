import Foundation
import Kernel
import Synchronization

/// Runs a draft for past events, several at a time, on runners that live rules don't need.
struct ReplayRunner: Sendable {
    /// A batch ends after this long, so that a cancellation is seen within a second.
    private static let batch = Duration.milliseconds(400)

    let rule: LiveRule
    let points: [String: [ReplayPoint]]
    let runners: RunnerPool
    /// Runs at a time.
    let lanes: Int
    let memory: ReplayMemory
    let answers: [String: ReplayAnswer]
    let learned: RuleGate.Learned
    let actor: SystemActor

    /// Replays events from the first on, as far as time allows, in order.
    func replay(_ events: ArraySlice<PastEvent>) async throws -> [[ReplayedRun]] {
        let queue = ReplayQueue(events.indices, until: .now + Self.batch)
        return try await withThrowingTaskGroup(of: [(Int, [ReplayedRun])].self) { group in
            for _ in 0..<lanes {
                group.addTask {
                    var done: [(Int, [ReplayedRun])] = []
                    while let index = queue.next() {
                        try Task.checkCancellation()
                        done.append((index, try await runs(for: events[index])))
                    }
                    return done
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func runs(for event: PastEvent) async throws(Failure) -> [ReplayedRun] {
        var runs: [ReplayedRun] = []
        for point in points[event.name] ?? [] { runs.append(try await run(point, at: event)) }
        return runs
    }

    private func run(_ point: ReplayPoint, at event: PastEvent) async throws(Failure) -> ReplayedRun {
        let occasion: Occasion
        do { occasion = try point.occasion(event) } catch {
            let fault = RunnerFault(kind: .input, message: "The proposal can't be made again from its event.")
            return ReplayedRun(point, at: event, table: .null, RunnerResult(outcome: .failed(fault)), isApproximate: false)
        }
        let caller = rule.caller(in: actor.tenant, cause: event.id, depth: occasion.depth)
        let host = ReplayHost(
            event,
            isBefore: point.hook == .before,
            memory: memory,
            operations: learned.operations,
            answers: answers,
            today: RuleHost(learned, caller: caller)
        ) { question throws(Failure) in
            let rows = try await learned.store.query(as: actor, ReplayEventQueries.past(question, tenant: actor.tenant))
            return try rows.decoded { try $0.json("entity") }.first
        }
        let result = try await execute(occasion, at: event, host)
        if let trouble = host.trouble { throw trouble }
        return ReplayedRun(
            point,
            at: event,
            table: occasion.table,
            result,
            isApproximate: host.isApproximate,
            refusal: try await refusal(result, caller)
        )
    }

    private func execute(_ occasion: Occasion, at event: PastEvent, _ host: ReplayHost) async throws(Failure) -> RunnerResult {
        let request = RunnerRequest(of: SourceDraft.id, at: occasion, now: event.occurredAt, seed: event.seed)
        do throws(RunnerPoolError) {
            return try await runners.run(request, of: rule.program) { read in await host.answer(read) }
        } catch {
            throw .noRunner(error)
        }
    }

    /// Why the effects could not have been applied: what is wrong with them at any time. What today's state alone forbids, such as a move from
    /// a stage that the application has left since, says nothing about that moment.
    private func refusal(_ result: RunnerResult, _ caller: Caller) async throws(Failure) -> String? {
        guard case .completed = result.outcome else { return nil }
        let lasting = result.effects.filter { !$0.isMemory }
        for effect in lasting {
            let refusal = try await learned.store.trial(as: SystemActor(caller)) { tx -> Failure? in
                do throws(Failure) {
                    try await EffectApplication(effect, of: rule, learned.operations, caller, tx).apply()
                    return nil
                } catch {
                    return error
                }
            }
            guard let refusal, [.validation, .forbidden].contains(refusal.kind) else { continue }
            return refusal.message
        }
        do throws(Failure) {
            try memory.apply(result.effects)
            return nil
        } catch {
            return error.message
        }
    }
}

/// Hands out indices in order until time is up; always at least the first.
private final class ReplayQueue: Sendable {
    private let indices: Range<Int>
    private let deadline: ContinuousClock.Instant
    private let position: Mutex<Int>

    init(_ indices: Range<Int>, until deadline: ContinuousClock.Instant) {
        self.indices = indices
        self.deadline = deadline
        position = Mutex(indices.lowerBound)
    }

    func next() -> Int? {
        position.withLock { position in
            guard position < indices.upperBound, position == indices.lowerBound || .now < deadline else { return nil }
            defer { position += 1 }
            return position
        }
    }
}
