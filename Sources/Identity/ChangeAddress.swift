import Kernel
import Outbox
import Postgres

/// The address that my account is to have. The password says that it is me, and not somebody at my unlocked computer.
struct ChangeAddress: Codable, Sendable {
    let email: EmailAddress
    let password: GivenPassword
}

/// The code that was mailed to the new address.
struct ConfirmAddress: Codable, Sendable {
    let token: Text<200>
}

extension Identity {
    /// Mails a link to the new address, and word to the current one. Nothing changes until the link has been used; asking again ends the
    /// former link.
    func changeAddress(_ input: ChangeAddress, by user: SignedIn) async throws(Failure) -> MailAnswer {
        try await require(input.password, of: user)
        let account = try await account(of: user)
        guard account.email != input.email.value else { throw .validation("email", "Is the account's address already.") }
        let taken = UserQueries.taken(email: input.email.value, username: nil, tenant: user.tenant)
        guard try await store.query(as: user, taken).isEmpty else { throw .emailTaken }
        if let refusal = await allowsMail(MailRequest(.addressChange(by: user.user), to: input.email, in: user.tenant)) { throw refusal }
        try await store.transaction(as: user) { tx in
            tx.queue(MailedTokenQueries.endAddressChanges(of: user.user, tx))
            try tx.enqueue(
                SendAddressMail(.link, of: user.user, to: input.email.value, address: input.email.value, requestedAt: tx.now),
                WorkOptions(priority: 10)
            )
            try tellFormer(.asked, of: account, address: input.email.value, tx)
        }
        return MailAnswer(message: "A mail with a link is on its way to the new address.")
    }

    /// Only the account's holder can use the code, signed in: the address may have been mistyped, and its owner must not get the account.
    /// The other sessions end, and so do links that were mailed to the former address.
    func confirmAddress(_ input: ConfirmAddress, by user: SignedIn) async throws(Failure) -> UserView {
        guard let token = OpaqueToken(input.token.value, .addressChange), token.tenant == user.tenant else { throw .confirmationInvalid }
        let row = try await store.transaction(as: user) { tx in
            guard let found = try await tx.first(UserQueries.account(user.user, tenant: tx.tenant, locked: true)) else {
                throw Failure.unauthorized
            }
            let former = try UserView(found, publicURL: "")
            guard let spent = try await tx.first(MailedTokenQueries.spendAddress(token, of: user.user, tx)) else {
                throw Failure.confirmationInvalid
            }
            let address: String = try spent("email")
            guard try await tx.execute(UserQueries.setAddress(address, of: user.user, tx)) == 1 else { throw Failure.unauthorized }
            tx.queue(Outbox.proven(addressOf: user.user, tx))
            tx.queue(MailedTokenQueries.endMailed(toFormerAddressOf: user.user, tx))
            tx.queue(SessionQueries.endOthers(of: user, now: tx.now))
            forgetStanding(user.user, after: tx)
            try tellFormer(.changed, of: former, address: address, tx)
            try tx.append(EmailChanged(userId: user.user, from: former.email, to: address))
            try joinCandidates(user.user, tx)
            guard let row = try await tx.first(UserQueries.account(user.user, tenant: tx.tenant)) else { throw Failure.unauthorized }
            return row
        }
        return try view(row)
    }

    private func tellFormer(
        _ kind: SendAddressMail.Kind,
        of account: UserView,
        address: String,
        _ tx: TenantTransaction
    ) throws(Failure) {
        let work = SendAddressMail(kind, of: account.id, to: account.email, address: address, requestedAt: tx.now)
        try tx.enqueue(work, WorkOptions(priority: 20))
    }
}
