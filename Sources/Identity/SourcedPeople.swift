package import Kernel
package import Postgres

/// Somebody whom a company adds, without an account: no password, and nobody signs in.
package struct SourcedPerson: Sendable {
    package let id: Identifier<User>
    package let email: EmailAddress?
    package let firstName: String?
    package let lastName: String?
    package let phone: String?
    package let locale: String?

    package init(
        id: Identifier<User> = Identifier(),
        email: EmailAddress?,
        firstName: String?,
        lastName: String?,
        phone: String?,
        locale: String?
    ) {
        self.id = id
        self.email = email
        self.firstName = firstName
        self.lastName = lastName
        self.phone = phone
        self.locale = locale
    }

    package var name: String { displayName(firstName, lastName, email: "", roles: [.candidate]) }
}

extension Identity {
    /// Where a user `u` is reached; empty if nobody knows.
    package static func address(of user: StaticString) -> SQL {
        "CASE WHEN \(raw: user).status = 'sourced' THEN COALESCE(\(raw: user).contact_email, '') ELSE \(raw: user).email END"
    }

    /// The host name of RFC 2606 that no mail reaches: the row's own address must be unique, and its contact address is others', too.
    package static func insertSourced(_ person: SourcedPerson, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO users (
            tenant_id, id, email, contact_email, first_name, last_name, phone, locale, roles, status, created_at, updated_at
        )
        VALUES (
            \(tx.tenant), \(person.id), \("\(person.id)@sourced.invalid"), \(person.email?.value), \(person.firstName), \(person.lastName),
            \(person.phone), \(person.locale), '{candidate}', 'sourced', \(tx.now), \(tx.now)
        )
        """
    }

    /// Asks a candidate to have an account, in their language. Whoever has one already is asked to sign in.
    package func inviteCandidate(
        _ person: SourcedPerson,
        at email: EmailAddress,
        to organization: String,
        company: Identifier<Company>,
        in tx: TenantTransaction
    ) async throws(Failure) {
        let user = NewUser(
            email: email.value,
            passwordHash: nil,
            firstName: person.firstName,
            lastName: person.lastName,
            roles: [.candidate],
            status: .invited
        )
        _ = try await tx.first(UserQueries.findOrInsert(user, tx))
        if let locale = person.locale { tx.queue(UserQueries.setLocale(locale, ofInvited: email.value, tx)) }
        try tx.enqueue(
            SendAccountMail(.candidateInvitation, to: email.value, from: organization, company: company, requestedAt: tx.now),
            WorkOptions(priority: 20, uniqueKey: "candidateInvitation:\(email.value):\(company)")
        )
    }

    /// What others keep under the address can be joined with the account, now that its holder has shown that the mailbox is theirs.
    func joinCandidates(_ user: Identifier<User>, of company: Identifier<Company>? = nil, _ tx: TenantTransaction) throws(Failure) {
        try tx.enqueue(JoinCandidate(user: user, company: company), WorkOptions(priority: 20))
    }
}
