package import Foundation
import Identity
package import Kernel
import Outbox
import Postgres

/// What a calendar program says to an invitation, as its mail has it (RFC 5546, 3.2.3).
package struct CalendarReply: Sendable {
    package let uid: String
    package let sequence: Int
    /// Such as `mailto:ada@example.com`.
    package let attendee: String
    package let answer: InterviewReply
    package let comment: String?
    /// When it was given.
    package let stamp: Date?
    /// When the meeting that it is about begins.
    package let startsAt: Date?

    package init(
        uid: String,
        sequence: Int,
        attendee: String,
        answer: InterviewReply,
        comment: String?,
        stamp: Date?,
        startsAt: Date?
    ) {
        self.uid = uid
        self.sequence = sequence
        self.attendee = attendee
        self.answer = answer
        self.comment = comment
        self.stamp = stamp
        self.startsAt = startsAt
    }
}

extension Applications {
    private static let longestComment = 1000

    /// The same as answering by the link. Whose answer it is, says the mailbox, which only the guest was told; the attendee must be the same
    /// person, for an invitation may have been passed on. False for what answers nothing that the guest was asked last.
    package func answer(_ reply: CalendarReply, at mailbox: UUID, by system: SystemActor) async throws(Failure) -> Bool {
        try await store.transaction(as: system) { tx in
            guard let row = try await tx.first(GuestQueries.holder(ofMailbox: mailbox, tenant: tx.tenant)) else { return false }
            let id: Identifier<Interview> = try row("interview_id")
            let (interview, subject) = try await invitation(id, try InterviewGuest(row), tx)
            // Read again: under lock, nothing else changes the guest.
            guard let current = try await tx.first(GuestQueries.holder(ofMailbox: mailbox, tenant: tx.tenant)) else { return false }
            let guest = try InterviewGuest(current)
            let account = guest.isCandidate ? subject.application.candidateId : guest.user
            guard let person = try await identity.correspondents([account], in: tx)[account]?.user, reply.isOf(person),
                reply.isAbout(interview, guest), isInvited(guest, to: interview, subject), interview.outcome == .pending,
                interview.endsAt > tx.now
            else { return false }
            let moment = min(reply.stamp ?? tx.now, tx.now)
            // A calendar's time has no fractions of seconds. Mails overtake each other: the later answer counts.
            if let former = guest.answeredAt, moment.timeIntervalSince(former) <= -1 { return false }
            let comment = reply.comment.map { String($0.prefix(Self.longestComment)) }
            _ = try await answer(id, guest, reply.answer, comment, at: moment, tx)
            return true
        }
    }
}

extension CalendarReply {
    fileprivate func isOf(_ person: UserSummary) -> Bool {
        let scheme = "mailto:"
        let address = attendee.lowercased().hasPrefix(scheme) ? String(attendee.dropFirst(scheme.count)) : attendee
        return (try? EmailAddress(address.removingPercentEncoding ?? address))?.value == person.email
    }

    fileprivate func isAbout(_ interview: Interview, _ guest: InterviewGuest) -> Bool {
        uid == InterviewLetter.uid(of: interview.id) && sequence == guest.sequence
            && startsAt.map { abs($0.timeIntervalSince(interview.startsAt)) < 1 } ?? true
    }
}
