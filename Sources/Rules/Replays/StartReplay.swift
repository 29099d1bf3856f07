import Foundation
import Kernel
import Postgres

struct StartReplay: Codable, Sendable {
    let id: Identifier<Script>
    let from: Date?
    let until: Date?
    /// The newest so many events; if left out: 1000, or with `from` all since then up to the maximum.
    let last: Bounded<1, 100_000>?
    /// Which of the draft's events and proposals; if left out: everything that can be replayed.
    let events: List<Text<100>, 100>?
}

/// A replay to be queued: the draft as it is now, even if people change it meanwhile.
struct ReplayRequest: Sendable {
    let id = Identifier<Replay>()
    let script: Identifier<Script>
    let draft: SourceDraft
    let checked: CheckedSource
    let handlers: [ScriptHandler]
    /// Whether these are all of the draft's handlers.
    var isWhole: Bool { handlers.count == checked.handlers.count }
    let from: Date?
    let until: Date
    let last: Int
}

extension Rules {
    private static let standardCount = 1000
    private static let mostCount = 100_000

    /// Replays the saved draft in the background.
    func startReplay(_ input: StartReplay, by admin: TenantAdmin) async throws(Failure) -> ReplayView {
        let now = store.clock.now()
        if let from = input.from, from > now { throw .validation("from", "Must be in the past.") }
        if let from = input.from, let until = input.until, from > until { throw .validation("until", "Must not be before from.") }
        let rows = try await store.query(as: admin, ScriptQueries.script(input.id, tenant: admin.tenant))
        guard let script = try rows.decoded(Script.init).first else { throw .scriptNotFound }
        guard script.kind == .rule else { throw .nothingToReplay }
        let draft = SourceDraft(script)
        let checked = try await check(draft, by: admin)
        guard checked.problems.isEmpty else { throw .scriptHasErrors(checked.problems) }
        let request = ReplayRequest(
            script: script.id,
            draft: draft,
            checked: checked,
            handlers: try replayable(checked.handlers, input.events?.names),
            from: input.from,
            until: min(input.until ?? now, now),
            last: input.last?.value ?? (input.from == nil ? Self.standardCount : Self.mostCount)
        )
        return try await queue(request, by: admin)
    }

    private func queue(_ request: ReplayRequest, by admin: TenantAdmin) async throws(Failure) -> ReplayView {
        try await store.transaction(as: admin) { tx in
            try tx.queue(ReplayQueries.insert(request, tx))
            try tx.enqueue(RunReplay(replay: request.id), WorkOptions(priority: 200))
            return try await replay(request.id, in: tx)
        }
    }

    /// The handlers that can be run on the past.
    private func replayable(_ handlers: [ScriptHandler], _ names: [String]?) throws(Failure) -> [ScriptHandler] {
        let able = handlers.filter { !hooks.replayPoints([$0]).isEmpty }
        for name in names ?? [] where !able.contains(where: { $0.name == name }) {
            let isKnown = handlers.contains { $0.name == name }
            let words = isKnown ? "No event tells how \"\(name)\" was: it can't be replayed." : "The draft doesn't wait for \"\(name)\"."
            throw .validation("events", words)
        }
        let chosen = able.filter { names?.contains($0.name) ?? true }
        guard !chosen.isEmpty else { throw .nothingToReplay }
        return chosen
    }

    func replay(_ id: Identifier<Replay>, in tx: TenantTransaction) async throws(Failure) -> ReplayView {
        let rows = try await tx.query(ReplayQueries.replay(id, tenant: tx.tenant))
        guard let replay = try rows.decoded(Replay.init).first else { throw .replayNotFound }
        return ReplayView(replay)
    }
}
