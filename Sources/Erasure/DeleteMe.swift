package import Foundation
import Identity
import Kernel
import Letters
import Mail
import Outbox
import Postgres

/// Deletes one's own account, confirmed with the password.
struct DeleteMe: Codable, Sendable {
    let password: GivenPassword
}

/// What is going to happen.
package struct ErasureNotice: Codable, Sendable {
    /// The number of the receipt, to ask for it.
    package let number: Int
    /// Until then it can be taken back.
    package let dueAt: Date
}

extension Erasure {
    /// The account stays as it is until that day, so that somebody who changes their mind, or did not ask for it, finds everything in its
    /// place.
    func deleteMe(_ input: DeleteMe, by user: SignedIn) async throws(Failure) -> ErasureNotice {
        try await identity.require(input.password, of: user)
        return try await store.transaction(as: user) { tx in
            try await identity.requireAnotherAdministrator(beside: user.user, tx)
            let due = tx.now + Self.grace
            let erasure = try await record(of: user.user, .person, due: due, tx)
            tx.queue(ErasureQueries.announce(due, of: user.user, tx))
            try tx.enqueue(ErasePerson(erasure: erasure.id), WorkOptions(notBefore: due))
            try tx.enqueue(SendErasureNotice(erasure: erasure.id, user: user.user, number: erasure.view.number, dueAt: due))
            try tx.append(ErasureRequested(userId: user.user, number: erasure.view.number, dueAt: due))
            return ErasureNotice(number: erasure.view.number, dueAt: due)
        }
    }

    func record(
        of user: Identifier<User>?,
        _ origin: ErasureOrigin,
        due: Date,
        _ tx: TenantTransaction
    ) async throws(Failure) -> (id: Identifier<ErasureRecord>, view: ErasureView) {
        let id = Identifier<ErasureRecord>()
        tx.queue(ErasureQueries.lock(tx.tenant))
        guard let row = try await tx.first(ErasureQueries.insert(id, of: user, origin, due: due, tx)) else { throw .userNotFound }
        return (id, try reading { try ErasureView(row) })
    }
}

/// Tells somebody at their address, because it may not be they who asked for it.
struct SendErasureNotice: Work {
    static let name = "erasure.send_notice"
    static let lane = Lane.mail

    let erasure: Identifier<ErasureRecord>
    let user: Identifier<User>
    let number: Int
    let dueAt: Date
}

extension Erasure {
    func sendNotice(_ work: SendErasureNotice, as system: SystemActor) async throws {
        let reader = try await store.transaction(as: system) { tx in try await identity.user(work.user, in: tx) }
        guard let reader else { return }
        let head = try await identity.letterhead(for: reader.id, as: system)
        try await outbox.send(
            MailMessage(
                id: "erasure-\(work.erasure)",
                to: [try MailAddress(reader.email, name: reader.name)],
                letter(work, to: reader.name, on: head).written(on: head),
                date: work.dueAt - Self.grace
            ),
            isAskedFor: true,
            as: system
        )
    }

    private func letter(_ work: SendErasureNotice, to name: String, on head: Letterhead) -> Letter {
        Letter(
            .words("erasure.subject", ["day": head.day(of: work.dueAt)]),
            [
                .paragraph(.words("greeting", ["name": name])), .paragraph(.words("erasure.opening")),
                .facts([
                    (.words("erasure.when"), .quoted(head.moment(work.dueAt))), (.words("erasure.receipt"), .quoted("\(work.number)")),
                ]),
                .paragraph(.words("erasure.keep")), .button(.words("erasure.signIn"), url: publicURL),
                .aside(.words("erasure.closing")),
            ]
        )
    }
}
