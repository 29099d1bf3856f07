import Foundation
import Kernel
import Postgres

/// Somebody signs up, as a candidate or for an employer; other roles are given, not taken.
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
    /// The account may fill in its profile and apply at once. It can do no more than that until its address is confirmed.
    func register(_ input: Register, by caller: Anonymous) async throws(Failure) -> SignedInView {
        let visitor = try await visitor(caller.caller, tenantCode: input.tenantCode)
        // Don't hash a password for what will be refused.
        try await requireToRegister(input, visitor)
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
        let mayMail = await allowsMail(MailRequest(.confirmation, to: input.email, in: visitor.tenant)) == nil
        let row = try await store.transaction(as: visitor.speaking(for: user.id)) { tx in
            let fact = UserFact(user)
            _ = try await tx.propose(UserRegistering(user: fact))
            tx.queue(Identity.insertUser(user, tenant: tx.tenant, now: tx.now))
            try tx.append(UserRegistered(user: fact))
            if mayMail { try askForConfirmation(of: input.email, tx) }
            return try await open(grant, tx)
        }
        return try await answer(grant, user: view(row))
    }

    private func requireToRegister(_ input: Register, _ visitor: SystemActor) async throws(Failure) {
        let statement = UserQueries.taken(email: input.email.value, username: input.username?.value, tenant: visitor.tenant)
        if let row = try await store.query(as: visitor, statement).first {
            throw try reading { try row("is_email") } ? .emailTaken : .usernameTaken
        }
        guard input.role == .employer else { return }
        let setting = try await store.query(as: visitor, EmployerSignUp.query(visitor.tenant)).first
        guard try reading({ try EmployerSignUp(setting) }) != .closed else { throw .employerSignUpClosed }
    }
}
