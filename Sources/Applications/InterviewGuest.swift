import Crypto
package import Foundation
import Identity
package import Kernel
import Postgres

/// What somebody who is invited says to it.
package enum InterviewReply: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case accepted, declined, tentative
}

/// A guest's answer, as the employer sees it.
package struct InterviewAnswer: Codable, Sendable {
    package let userId: Identifier<User>
    package let isCandidate: Bool
    package let answer: InterviewReply
    package let comment: String?
    package let answeredAt: Date
}

/// Somebody invited to an interview, and what they were told last. Mail follows from the difference to what is true now, so nothing is lost
/// and nothing is said twice, however changes and mails overtake each other.
struct InterviewGuest: Sendable {
    let user: Identifier<User>
    let isCandidate: Bool
    /// A digest; nil before the first letter.
    let told: String?
    /// Of the last letter.
    let sequence: Int?
    let answer: InterviewReply?
    let answeredAt: Date?

    /// What somebody was told who isn't invited any more.
    static let calledOff = "called off"

    /// What to tell now, and as what; nil if the guest knows.
    func news(_ isInvited: Bool, _ invitation: Invitation) -> (digest: String, occasion: InterviewOccasion)? {
        let digest = isInvited ? invitation.digest : Self.calledOff
        guard digest != told else { return nil }
        // Who never heard of it need not hear that it is off.
        guard isInvited else { return told == nil ? nil : (digest, .canceled) }
        return (digest, told == nil || told == Self.calledOff ? .invited : .changed)
    }
}

/// Everything that a guest is told of an interview, for comparison.
struct Invitation: Hashable, Sendable {
    let startsAt: Date
    let durationMinutes: Int
    let location: String?
    let meetingURL: String?
    let message: String?
    let interviewers: Set<Identifier<User>>

    init(_ interview: Interview, among colleagues: Set<Identifier<User>>? = nil) {
        startsAt = interview.startsAt
        durationMinutes = interview.durationMinutes
        location = interview.location
        meetingURL = interview.meetingURL
        message = interview.message
        let invited = Set(interview.interviewers)
        interviewers = colleagues.map(invited.intersection) ?? invited
    }

    var digest: String {
        let parts =
            ["\(startsAt.timeIntervalSince1970)", "\(durationMinutes)"]
            + [location, meetingURL, message].map { $0.map { "+\($0)" } ?? "" } + interviewers.map(\.description).sorted()
        return SHA256.hash(data: Data(parts.joined(separator: "\u{0}").utf8)).prefix(16).map { String(format: "%02x", $0) }.joined()
    }
}

/// Why a letter about an interview is written.
enum InterviewOccasion: String, Codable, Sendable {
    case invited, changed, canceled, dayAhead, hourAhead

    var isReminder: Bool { self == .dayAhead || self == .hourAhead }
}

extension Interview {
    var endsAt: Date { startsAt.addingTimeInterval(Double(durationMinutes) * 60) }
}

enum GuestQueries {
    private static let columns: SQL = "g.user_id, g.is_candidate, g.told, g.sequence, g.answer, g.comment, g.answered_at"

    /// Invites people, and those again who were invited before.
    static func invite(
        _ people: [Identifier<User>],
        candidate: Identifier<User>?,
        to interview: Identifier<Interview>,
        _ tx: TenantTransaction
    ) -> SQL {
        let all = (candidate.map { [$0] } ?? []) + people
        return """
            INSERT INTO interview_guests (tenant_id, interview_id, user_id, is_candidate, created_at)
            SELECT \(tx.tenant), \(interview), p.id, p.id = \(candidate)::uuid IS TRUE, \(tx.now)::timestamptz
            FROM (SELECT DISTINCT u.id FROM unnest(\(all.map(\.uuid))::uuid[]) u (id)) p
            ON CONFLICT (tenant_id, interview_id, user_id) DO NOTHING
            """
    }

    static func guests(of interview: Identifier<Interview>, locked: Bool = false, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(columns)
        FROM interview_guests g
        WHERE g.tenant_id = \(tenant) AND g.interview_id = \(interview)
        ORDER BY g.user_id
        \(fragment: locked ? "FOR UPDATE" : "")
        """
    }

    static func answers(of application: Identifier<Application>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT g.interview_id, \(columns)
        FROM interviews i
        JOIN interview_guests g ON g.tenant_id = i.tenant_id AND g.interview_id = i.id AND g.answer IS NOT NULL
        WHERE i.tenant_id = \(tenant) AND i.application_id = \(application)
        ORDER BY g.answered_at, g.user_id
        """
    }

    /// Who scheduled the interview, and which version last changed what its guests are told.
    static func planning(_ interview: Identifier<Interview>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT i.created_by, coalesce(i.invitation_version, 0) AS invitation_version
        FROM interviews i
        WHERE i.tenant_id = \(tenant) AND i.id = \(interview)
        """
    }

    static func tell(
        _ guest: Identifier<User>,
        of interview: Identifier<Interview>,
        _ digest: String,
        sequence: Int,
        token: OpaqueToken,
        _ tx: TenantTransaction
    ) -> SQL {
        """
        UPDATE interview_guests
        SET told = \(digest), sequence = \(sequence), token_hash = \(token.hash), mailbox = \(token.mailbox)
        WHERE tenant_id = \(tx.tenant) AND interview_id = \(interview) AND user_id = \(guest)
        """
    }

    /// An answer holds for the time it was given for.
    static func forgetAnswers(to interview: Identifier<Interview>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE interview_guests
        SET answer = NULL, comment = NULL, answered_at = NULL
        WHERE tenant_id = \(tx.tenant) AND interview_id = \(interview) AND answer IS NOT NULL
        """
    }

    static func answer(
        _ guest: Identifier<User>,
        to interview: Identifier<Interview>,
        _ reply: InterviewReply,
        _ comment: String?,
        at moment: Date,
        _ tx: TenantTransaction
    ) -> SQL {
        """
        UPDATE interview_guests
        SET answer = \(reply), comment = \(comment), answered_at = \(moment)
        WHERE tenant_id = \(tx.tenant) AND interview_id = \(interview) AND user_id = \(guest)
        """
    }

    static func holder(ofToken hash: Data, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT g.interview_id, \(columns)
        FROM interview_guests g
        WHERE g.tenant_id = \(tenant) AND g.token_hash = \(hash)
        """
    }

    static func holder(ofMailbox mailbox: UUID, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT g.interview_id, \(columns)
        FROM interview_guests g
        WHERE g.tenant_id = \(tenant) AND g.mailbox = \(mailbox)
        """
    }
}

extension OpaqueToken {
    /// What the address in a guest's invitations names; it tells nothing of the token.
    var mailbox: UUID { hash.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) } }
}

extension InterviewGuest {
    init(_ row: Row) throws {
        self.init(
            user: try row("user_id"),
            isCandidate: try row("is_candidate"),
            told: try row("told"),
            sequence: try row("sequence"),
            answer: try row("answer"),
            answeredAt: try row("answered_at")
        )
    }
}

extension InterviewAnswer {
    init(_ row: Row) throws {
        self.init(
            userId: try row("user_id"),
            isCandidate: try row("is_candidate"),
            answer: try row("answer"),
            comment: try row("comment"),
            answeredAt: try row("answered_at")
        )
    }
}
