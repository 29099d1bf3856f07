import Foundation
package import Kernel
import Postgres

package struct Notify: Codable, Sendable {
    package enum Audience: String, Codable, CaseIterable, Sendable {
        case recruiter, hiringManager, companyAdmin, tenantAdmin
    }

    /// What a notification is about: `{"kind": "application", "id": ...}`.
    package struct Subject: Codable, Sendable {
        let kind: Text<40>
        let id: Identifier<EventSubject>

        var event: EventSubject { EventSubject(kind.value, id) }
    }

    /// Everybody with this role; otherwise only `user`.
    let role: Audience?
    let user: Identifier<User>?
    let text: Text<1000>
    let subject: Subject?
}

package struct NotifiedPeople: Codable, Sendable {
    package let notified: Int
}

/// A text for one or more people.
struct Message: Sendable {
    let kind: NotificationKind
    let text: String
    let about: EventSubject?
}

/// How to reach one person.
struct Ways: Sendable {
    let user: Identifier<User>
    let inApp: Bool
    let email: Bool
    /// Nobody gets mail at an address that a stranger may have entered.
    let isProven: Bool

    init(_ row: Row) throws {
        user = try row("id")
        inApp = try row("in_app")
        email = try row("email")
        isProven = try row("is_proven")
    }
}

extension Notifications {
    /// A rule need not say what it is about: the event that it handles tells.
    func notify(_ input: Notify, by member: Member) async throws(Failure) -> NotifiedPeople {
        guard (input.role == nil) != (input.user == nil) else { throw .validation("role", "Name either a role or a user.") }
        return try await store.transaction(as: member) { tx in
            let about = try await subject(input, member, tx)
            let users = try await recipients(input, about: about, member, tx)
            let message = Message(kind: .message, text: input.text.value, about: about)
            return NotifiedPeople(notified: try await tell(message, to: users, tx).people)
        }
    }

    private func subject(_ input: Notify, _ member: Member, _ tx: TenantTransaction) async throws -> EventSubject? {
        if let subject = input.subject?.event {
            try await requireVisible(subject, member, tx)
            return subject
        }
        guard let cause = member.caller.cause else { return nil }
        return try await tx.first(NotificationQueries.subject(of: cause, tenant: tx.tenant))?.subject()
    }

    /// The text will appear in the subject's history, so a company's member can only notify about that company's applications.
    private func requireVisible(_ subject: EventSubject, _ member: Member, _ tx: TenantTransaction) async throws(Failure) {
        let company = try await company(of: subject, tx)
        let scope = member.scope(.noteApplications)
        guard company.map(scope.contains) ?? scope.isWholeTenant else { throw .subjectUnknown }
    }

    private func company(of subject: EventSubject, _ tx: TenantTransaction) async throws(Failure) -> Identifier<Company>? {
        do throws(Failure) { return try await company(subject, tx) } catch { throw error.kind == .notFound ? .subjectUnknown : error }
    }

    private func recipients(
        _ input: Notify,
        about: EventSubject?,
        _ member: Member,
        _ tx: TenantTransaction
    ) async throws -> [Identifier<User>] {
        let scope = member.scope(.noteApplications)
        let statement: SQL
        switch (input.role, input.user) {
        case (nil, let user?): statement = NotificationQueries.user(user, about: about, scope: scope, tenant: tx.tenant)
        case (.tenantAdmin, _): statement = NotificationQueries.tenantAdmins(tx.tenant)
        case (let role?, _):
            var company: Identifier<Company>?
            if let about { company = try await self.company(of: about, tx) }
            statement = NotificationQueries.members(role.rawValue, company: company, about: about, scope: scope, tenant: tx.tenant)
        case (nil, nil): return []
        }
        let users = try await tx.query(statement).map { try $0("id") as Identifier<User> }
        guard !users.isEmpty || input.user == nil else { throw Failure.recipientUnknown }
        return users
    }

    /// A capability's own message. Some of them are mailed whatever the reader's preferences are.
    package func tell(
        _ text: String,
        about subject: EventSubject,
        to users: [Identifier<User>],
        alwaysByMail: Bool = false,
        _ tx: TenantTransaction
    ) async throws(Failure) {
        _ = try await tell(Message(kind: .approval, text: text, about: subject), to: users, alwaysByMail: alwaysByMail, tx)
    }

    /// Tells each reader in the ways they want, and appends the event; the rows are the notifications written.
    func tell(
        _ message: Message,
        to users: [Identifier<User>],
        alwaysByMail: Bool = false,
        _ tx: TenantTransaction
    ) async throws(Failure) -> (rows: Rows, people: Int) {
        let found = try await tx.query(PreferenceQueries.ways(to: users, for: message.kind, tx))
        let ways = try found.decoded(Ways.init)
        // Somebody who asks for a test wants to see one.
        let readers = ways.filter { $0.inApp || message.kind == .test }.map(\.user)
        let rows = try await tx.query(NotificationQueries.insert(message, to: readers, tx))
        let mailed = ways.filter { $0.isProven && ($0.email || alwaysByMail) }
        for way in mailed {
            try tx.enqueue(
                SendNotification(id: UUID(), user: way.user, text: message.text, writtenAt: tx.now, wasAskedFor: way.email)
            )
        }
        let mailedTo = Set(mailed.map(\.user))
        let reached = ways.filter { mailedTo.contains($0.user) || readers.contains($0.user) }.map(\.user)
        if !reached.isEmpty {
            try tx.append(NotificationSent(kind: message.kind, text: message.text, about: message.about, users: reached))
        }
        return (rows, reached.count)
    }
}
