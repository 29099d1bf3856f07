import Foundation
import Identity
import Kernel
import Postgres

/// Erases in batches. Each batch is written with its count, so an item that was stopped anywhere continues from there; what was erased
/// before is found erased and counted once.
struct ErasePerson: Work {
    static let name = "erasure.erase"
    static let lane = Lane.heavy

    let erasure: Identifier<ErasureRecord>
    /// How often everything was searched again because something had been added meanwhile.
    var rounds: Int?
}

extension Erasure {
    /// After this time another work item continues.
    private static let budget: Duration = .seconds(20)
    /// It doesn't wait for somebody who keeps writing about a person during the erasure.
    private static let mostRounds = 3

    func erase(_ work: ErasePerson, as system: SystemActor) async throws {
        let key = ErasureKey(tenant: system.tenant, id: work.erasure)
        guard let subject = try await start(work.erasure, as: system) else { return }
        let deadline = ContinuousClock.now + Self.budget
        let rows = try await door.upkeep(ProgressQueries.done(work.erasure, tenant: system.tenant))
        let progress = Dictionary(
            try rows.map { (try $0("place") as String, (isDone: try $0("is_done") as Bool, reached: try $0("reached") as UUID?)) },
            uniquingKeysWith: { first, _ in first }
        )
        for place in places where progress[place.name]?.isDone != true {
            if ContinuousClock.now > deadline { return try await goOn(work, as: system) }
            guard try await place.erase(subject, key, after: progress[place.name]?.reached, until: deadline, self) else {
                return try await goOn(work, as: system)
            }
            _ = try await door.upkeep(ProgressQueries.finish(place.name, key))
        }
        let rounds = work.rounds ?? 0
        if rounds < Self.mostRounds, try await !count(subject).isEmpty {
            _ = try await door.upkeep(ProgressQueries.startOver(key))
            return try await goOn(ErasePerson(erasure: work.erasure, rounds: rounds + 1), as: system)
        }
        try await conclude(work.erasure, subject, as: system)
    }

    private func goOn(_ work: ErasePerson, as system: SystemActor) async throws(Failure) {
        try await store.transaction(as: system) { tx in try tx.enqueue(work) }
    }

    /// Nil if there is nothing (more) to do.
    private func start(_ id: Identifier<ErasureRecord>, as system: SystemActor) async throws(Failure) -> ErasureSubject? {
        try await store.transaction(as: system) { tx in
            guard let row = try await tx.first(ErasureQueries.erasure(id, tenant: tx.tenant)) else { return nil }
            let view = try ErasureView(row)
            switch view.status {
            case .running: return try row.json("subject")
            case .completed, .withdrawn: return nil
            case .pending: break
            }
            guard let user = view.userId, view.dueAt <= tx.now else { return nil }
            if try await identity.isOnlyAdministrator(user, tx) {
                try await postpone(id, view, user, tx)
                return nil
            }
            return try await begin(id, of: user, tx).subject
        }
    }

    private func postpone(
        _ id: Identifier<ErasureRecord>,
        _ view: ErasureView,
        _ user: Identifier<User>,
        _ tx: TenantTransaction
    ) async throws(Failure) {
        let due = tx.now + 86_400
        tx.queue(ErasureQueries.postpone(id, to: due, tx))
        tx.queue(ErasureQueries.announce(due, of: user, tx))
        try tx.enqueue(ErasePerson(erasure: id), WorkOptions(notBefore: due))
        try tx.append(ErasurePostponed(userId: user, number: view.number, dueAt: due))
    }

    /// Ends what the person had going on, once nothing personal is left for its events to contain.
    private func conclude(_ id: Identifier<ErasureRecord>, _ subject: ErasureSubject, as system: SystemActor) async throws(Failure) {
        try await store.transaction(as: system) { tx in
            guard let row = try await tx.first(ErasureQueries.erasure(id, tenant: tx.tenant)) else { return }
            let view = try ErasureView(row)
            guard view.status == .running else { return }
            if !subject.people.isEmpty {
                for capability in capabilities.all { try await capability.release(subject.people.map { Identifier($0) }, in: tx) }
            }
            if let user = view.userId { try tx.append(UserErased(userId: user, number: view.number, origin: view.origin)) }
            tx.queue(ErasureQueries.complete(id, tx))
        }
    }
}
