import Foundation
import Identity
import Jobs
import Kernel

struct ScheduleInterview: Codable, Sendable {
    let id: Identifier<Application>
    let kind: InterviewKind
    let startsAt: Date
    let durationMinutes: Bounded<5, 600>
    let location: Text<300>?
    let meetingURL: WebAddress?
    let interviewers: List<Identifier<User>, 20>?
    /// Goes into the invitation.
    let message: Text<2000>?
}

extension Applications {
    func schedule(_ input: ScheduleInterview, by member: Member) async throws(Failure) -> Interview {
        try await store.transaction(as: member) { tx in
            let subject = try await openCase(input.id, by: member, may: .scheduleInterviews, tx)
            guard !subject.application.category.isFinal else { throw Failure.applicationEnded }
            guard input.startsAt > tx.now else { throw Failure.validation("startsAt", "Must be in the future.") }
            let interviewers = input.interviewers?.elements ?? []
            let colleagues = try await identity.colleagues(among: interviewers, in: subject.job.companyId, tx)
            guard colleagues.isSuperset(of: interviewers) else {
                throw Failure.validation("interviewers", "Must be people of the company.")
            }
            let interview = Interview(
                id: Identifier(),
                applicationId: input.id,
                kind: input.kind,
                startsAt: input.startsAt,
                durationMinutes: input.durationMinutes.value,
                location: input.location?.value,
                meetingURL: input.meetingURL?.value,
                interviewers: interviewers,
                message: input.message?.value,
                outcome: .pending,
                feedback: nil,
                version: 1,
                createdAt: tx.now
            )
            tx.queue(InterviewQueries.insert(interview, tx))
            try tx.append(InterviewScheduled(application: subject.fact, interview: InterviewFact(interview)))
            try await invite(to: interview, of: subject, tx)
            return interview
        }
    }

    /// By mail, at once or when the tenant's rules say, but never after the interview begins.
    func invite(to interview: Interview, of subject: Case, _ tx: TenantTransaction) async throws(Failure) {
        let proposal = InvitationSending(application: subject.fact, interview: InterviewFact(interview), sendAt: tx.now)
        let sendAt = min(try await tx.propose(proposal).sendAt, interview.startsAt)
        try tx.enqueue(
            SendInvitation(interview: interview.id, version: interview.version),
            WorkOptions(notBefore: sendAt > tx.now ? sendAt : nil)
        )
    }
}
