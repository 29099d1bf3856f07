import Administration
import Identity
import Kernel
import Postgres

struct EraseUser: Codable, Sendable {
    let id: Identifier<User>
}

extension Erasure {
    /// Their sessions end with this call; the rest is done in the background within moments.
    func eraseUser(_ input: EraseUser, by admin: TenantAdmin) async throws(Failure) -> ErasureView {
        try await store.transaction(as: admin) { tx in
            guard let person = try await tx.first(ErasureQueries.person(input.id, tenant: tx.tenant)) else { throw Failure.userNotFound }
            let roles: [String] = try person("roles")
            guard !roles.contains(Role.systemAdmin.rawValue) || admin.caller.roles.contains(.systemAdmin) else {
                throw Failure.systemAdministrator
            }
            let id: Identifier<ErasureRecord>
            if let pending = try await tx.first(ErasureQueries.pending(of: input.id, tenant: tx.tenant)) {
                id = try pending("id")
                tx.queue(ErasureQueries.takeOver(id, tx))
            } else {
                id = try await record(of: input.id, .administrator, due: tx.now, tx).id
            }
            try await identity.requireAnotherAdministrator(beside: input.id, tx)
            let view = try await begin(id, of: input.id, tx).view
            try tx.enqueue(ErasePerson(erasure: id), WorkOptions(priority: 50))
            return view
        }
    }

    /// Closes the account, and records what is theirs while it can still be found.
    func begin(
        _ id: Identifier<ErasureRecord>,
        of user: Identifier<User>,
        _ tx: TenantTransaction
    ) async throws(Failure) -> (view: ErasureView, subject: ErasureSubject) {
        // Nothing of theirs can be given to somebody else between here and closing the account.
        tx.queue(ErasureQueries.lockPerson(user, tenant: tx.tenant))
        // With what companies had kept of them before there was an account.
        let sourced = try await tx.query(ErasureQueries.joined(user, tenant: tx.tenant)).decoded { try $0("id") as Identifier<User> }
        let subject = try await subject([user] + sourced, in: tx)
        for person in [user] + sourced { try await identity.close(person, in: tx) }
        guard let row = try await tx.first(ErasureQueries.begin(id, subject, tx)) else { throw .erasureNotFound }
        return (try reading { try ErasureView(row) }, subject)
    }
}
