package import Foundation
import Identity
import Jobs
package import Kernel
import Postgres

struct AnswerInterview: Codable, Sendable {
    let id: Identifier<Interview>
    let answer: InterviewReply
    /// Such as another time that suits.
    let comment: Text<1000>?
}

/// The same with the code from an invitation instead of a sign-in.
struct AnswerInvitation: Codable, Sendable {
    let token: Text<200>
    let answer: InterviewReply
    let comment: Text<1000>?
}

struct ShowInvitation: Codable, Sendable {
    let token: Text<200>
}

/// What somebody with an invitation in hand may see of the interview.
package struct InvitationView: Codable, Sendable {
    package let interviewId: Identifier<Interview>
    package let kind: InterviewKind
    package let jobTitle: String
    package let companyName: String
    package let startsAt: Date
    package let durationMinutes: Int
    package let location: String?
    package let meetingURL: String?
    /// Whether it still takes place.
    package let isCanceled: Bool
    package let answer: InterviewReply?
}

extension Applications {
    func answerInterview(_ input: AnswerInterview, by user: SignedIn) async throws(Failure) -> InvitationView {
        try await store.transaction(as: user) { tx in
            let found = try await tx.query(GuestQueries.guests(of: input.id, tenant: tx.tenant)).map(InterviewGuest.init)
            guard let row = try await tx.first(InterviewQueries.interview(input.id, tenant: tx.tenant)) else {
                throw Failure.interviewNotFound
            }
            let application = try await application(Interview(checking: row).applicationId, in: tx)
            let guest = found.first { ($0.isCandidate ? application.candidateId : $0.user) == user.user }
            guard let guest else { throw Failure.interviewNotFound }
            return try await answer(input.id, guest, input.answer, input.comment?.value, tx)
        }
    }

    func answerInvitation(_ input: AnswerInvitation, by visitor: Anonymous) async throws(Failure) -> InvitationView {
        let (actor, interview, guest) = try await bearer(of: input.token.value, visitor)
        return try await store.transaction(as: actor) { tx in
            try await answer(interview, guest, input.answer, input.comment?.value, tx)
        }
    }

    /// For the page behind the link in an invitation: it looks, and changes nothing until somebody answers.
    func showInvitation(_ input: ShowInvitation, by visitor: Anonymous) async throws(Failure) -> InvitationView {
        let (actor, interview, guest) = try await bearer(of: input.token.value, visitor)
        return try await store.transaction(as: actor) { tx in
            let (found, subject) = try await invitation(interview, guest, tx)
            return InvitationView(found, subject.job, isInvited(guest, to: found, subject), guest.answer)
        }
    }

    private func bearer(
        of text: String,
        _ visitor: Anonymous
    ) async throws(Failure) -> (SystemActor, Identifier<Interview>, InterviewGuest) {
        guard let token = OpaqueToken(text, .interview) else { throw .invitationCodeInvalid }
        let holder = identity.holder(of: token, visitor)
        let rows = try await store.query(as: holder, GuestQueries.holder(ofToken: token.hash, tenant: token.tenant))
        guard let row = rows.first else { throw .invitationCodeInvalid }
        let (interview, guest) = try reading { (try row("interview_id") as Identifier<Interview>, try InterviewGuest(row)) }
        return (holder, interview, guest)
    }

    func answer(
        _ id: Identifier<Interview>,
        _ guest: InterviewGuest,
        _ reply: InterviewReply,
        _ comment: String?,
        at moment: Date? = nil,
        _ tx: TenantTransaction
    ) async throws(Failure) -> InvitationView {
        let (interview, subject) = try await invitation(id, guest, tx)
        guard isInvited(guest, to: interview, subject) else { throw .interviewOver }
        guard interview.outcome == .pending, interview.endsAt > tx.now else { throw .interviewEnded }
        if guest.answer != reply || comment != nil {
            tx.queue(GuestQueries.answer(guest.user, to: id, reply, comment, at: moment ?? tx.now, tx))
            let user = guest.isCandidate ? subject.application.candidateId : guest.user
            try tx.append(
                InterviewAnswered(
                    application: subject.fact,
                    interview: InterviewFact(interview),
                    userId: user,
                    isCandidate: guest.isCandidate,
                    answer: reply,
                    comment: comment
                )
            )
        }
        return InvitationView(interview, subject.job, true, reply)
    }

    /// Under lock, in the order that everything locks in.
    func invitation(
        _ id: Identifier<Interview>,
        _ guest: InterviewGuest,
        _ tx: TenantTransaction
    ) async throws(Failure) -> (Interview, Case) {
        guard let found = try await tx.first(InterviewQueries.interview(id, tenant: tx.tenant)) else { throw .interviewNotFound }
        let subject = try await openCase(try Interview(checking: found).applicationId, tx)
        guard let row = try await tx.first(InterviewQueries.interview(id, tenant: tx.tenant, locked: true)) else {
            throw .interviewNotFound
        }
        return (try Interview(checking: row), subject)
    }

    func isInvited(_ guest: InterviewGuest, to interview: Interview, _ subject: Case) -> Bool {
        interview.outcome != .canceled && (guest.isCandidate || interview.interviewers.contains(guest.user))
    }
}

extension InvitationView {
    init(_ interview: Interview, _ job: Job, _ takesPlace: Bool, _ answer: InterviewReply?) {
        self.init(
            interviewId: interview.id,
            kind: interview.kind,
            jobTitle: job.title,
            companyName: job.companyName,
            startsAt: interview.startsAt,
            durationMinutes: interview.durationMinutes,
            location: interview.location,
            meetingURL: interview.meetingURL,
            isCanceled: !takesPlace,
            answer: answer
        )
    }
}
