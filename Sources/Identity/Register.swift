import Foundation
import Kernel

/// A person signs themselves up, as a candidate or for an employer; other roles are given, not taken.
struct Register: Codable, Sendable {
    enum Role: String, Codable, CaseIterable, Sendable {
        case candidate, employer
    }

    let email: EmailAddress
    let password: NewPassword
    let firstName: Text<100>?
    let lastName: Text<100>?
    let username: Username?
    let role: Role
    let tenantCode: Text<63>?
}

extension Identity {
    func register(_ input: Register, by caller: Anonymous) async throws(Failure) -> SignedInView {
        let visitor = try await visitor(caller.caller, tenantCode: input.tenantCode)
        let hash = try await hash(input.password.value)
        let user = NewUser(
            email: input.email.value,
            passwordHash: hash,
            firstName: input.firstName?.value,
            lastName: input.lastName?.value,
            username: input.username?.value,
            roles: [input.role == .candidate ? .candidate : .employer],
            status: .active
        )
        let grant = SessionGrant(tenant: visitor.tenant, user: user.id)
        let row = try await store.transaction(as: visitor.speaking(for: user.id)) { tx in
            let fact = UserFact(user)
            _ = try await tx.propose(UserRegistering(user: fact))
            tx.queue(Identity.insertUser(user, tenant: tx.tenant, now: tx.now))
            try tx.append(UserRegistered(user: fact))
            return try await open(grant, tx)
        }
        return try await answer(grant, user: view(row))
    }
}
