import Foundation
import Kernel

/// Continues a replay to its end, batch by batch: a batch's results are written together with the place reached, so that another worker can
/// continue from there.
struct ReplayCourse: Sendable {
    let rules: Rules
    let runner: ReplayRunner
    let journey: ReplayJourney
    let memory: ReplayMemory
    let actor: SystemActor

    func run(_ replay: Replay) async throws {
        var replay = replay
        var events = try await page(of: replay, after: replay.cursor)[...]
        while !events.isEmpty {
            let (present, end) = (replay, events.last?.cursor)
            // The next page is read while this one runs.
            async let coming = page(of: present, after: end)
            while !events.isEmpty {
                guard let done = try await step(&replay, events) else { return }
                events = events.dropFirst(done)
            }
            events = try await coming.prefix(max((replay.total ?? 0) - replay.processed, 0))
        }
        try await finish(replay)
    }

    private func page(of replay: Replay, after cursor: ReplayCursor?) async throws(Failure) -> [PastEvent] {
        let left = (replay.total ?? 0) - replay.processed
        guard let cursor, left > 0 else { return [] }
        let statement = ReplayEventQueries.page(
            of: replay,
            names: runner.points.keys.sorted(),
            statusEvents: journey.statusEvents.keys.sorted(),
            from: cursor,
            tenant: actor.tenant
        )
        return Array(try await rules.store.query(as: actor, statement).decoded(PastEvent.init).prefix(left))
    }

    /// Nil if the replay was canceled, or another worker has it.
    private func step(_ replay: inout Replay, _ events: ArraySlice<PastEvent>) async throws -> Int? {
        let replayed = try await runner.replay(events)
        let former = replay.processed
        var differences: [JSON] = []
        var verdicts: [UUID: ReplayVerdict] = [:]
        for run in replayed.joined() {
            let kinds = run.kinds(runner.learned.operations)
            replay.tally.add(run)
            replay.tally.add(kinds)
            if !kinds.isEmpty { differences.append(run.difference(kinds, number: replay.tally.differences)) }
            guard let verdict = journey.verdict(run, runner.learned.operations) else { continue }
            if verdict.verdict != .none || verdicts[verdict.subject] == nil { verdicts[verdict.subject] = verdict }
        }
        replay.processed += replayed.count
        replay.cursor = events.prefix(replayed.count).last?.cursor
        let isOurs = try await write(replay, since: former, differences, verdicts.values.map(\.json))
        return isOurs ? replayed.count : nil
    }

    private func write(_ replay: Replay, since former: Int, _ differences: [JSON], _ verdicts: [JSON]) async throws(Failure) -> Bool {
        try await rules.store.transaction(as: actor) { tx in
            let advanced = try await tx.execute(ReplayQueries.advance(replay, since: former, memory: memory.all, tx))
            guard advanced == 1 else { return false }
            if !differences.isEmpty { tx.queue(DifferenceQueries.insert(.array(differences), of: replay.id, tx)) }
            if !verdicts.isEmpty { tx.queue(DifferenceQueries.judge(.array(verdicts), in: replay.id, tx)) }
            return true
        }
    }

    /// With the trial that publishing requires, unless there was nothing to try it on.
    private func finish(_ replay: Replay) async throws(Failure) {
        try await rules.store.transaction(as: actor) { tx in
            guard try await tx.execute(ReplayQueries.complete(replay.id, tx)) == 1 else { return }
            tx.queue(DifferenceQueries.forgetVerdicts(of: replay.id, tx))
            guard replay.tally.runs > 0 else { return }
            let trial = Trial(
                kind: .replay,
                triedBy: replay.requestedBy,
                triedAt: tx.now,
                readFields: replay.tally.readFields.sorted(),
                effectsPerHour: replay.forecast,
                refused: (replay.tally.refused ?? []).sorted()
            )
            let tried = runner.points.values.joined().map(\.name)
            tx.queue(TrialQueries.record(trial, for: tried, of: replay.draft.digest(replay.modules), tenant: tx.tenant))
        }
    }
}

extension ReplayedRun {
    fileprivate func difference(_ kinds: [DifferenceKind], number: Int) -> JSON {
        [
            "number": .integer(number), "event_id": .string(event.id.description), "event_name": .string(point.name),
            "subject_kind": .string(event.subject.kind), "subject_id": .string(event.subject.id.uuidString.lowercased()),
            "label": .string(event.label), "occurred_at": .string(Timestamp.text(event.occurredAt)),
            "kinds": .array(kinds.map { .string($0.rawValue) }), "outcome": .string(outcome.rawValue),
            "reason": reason.map(JSON.string) ?? .null, "would": would, "did": did(kinds), "is_approximate": .bool(isApproximate),
        ]
    }
}
