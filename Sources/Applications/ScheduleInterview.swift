import Foundation
import Identity
import Jobs
import Kernel
import Postgres

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
    func schedule(_ input: ScheduleInterview, by member: Member) async throws(Failure) -> InterviewView {
        try await store.transaction(as: member) { tx in
            let subject = try await openCase(input.id, by: member, may: .scheduleInterviews, tx)
            guard !subject.application.category.isFinal else { throw Failure.applicationEnded }
            guard input.startsAt > tx.now else { throw Failure.validation("startsAt", "Must be in the future.") }
            let interviewers = input.interviewers?.elements ?? []
            try await require(interviewers, for: subject, tx)
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
            tx.queue(GuestQueries.invite(interviewers, candidate: subject.application.candidateId, to: interview.id, tx))
            try await invite(to: interview, of: subject, tx)
            try remind(of: interview, tx)
            return InterviewView(interview: interview, clashes: try await clashes(with: interview, of: subject, seenBy: member, tx))
        }
    }

    /// Whoever holds interviews works at the company, and is not the applicant.
    func require(_ interviewers: [Identifier<User>], for subject: Case, _ tx: TenantTransaction) async throws(Failure) {
        guard !interviewers.isEmpty else { return }
        let colleagues = try await identity.colleagues(among: interviewers, in: subject.job.companyId, tx)
        guard colleagues.isSuperset(of: interviewers), !interviewers.contains(subject.application.candidateId) else {
            throw .validation("interviewers", "Must be people of the company.")
        }
        guard try await jobs.knowing(subject.job, among: interviewers, in: tx).isSuperset(of: interviewers) else {
            throw .validation("interviewers", "The job is confidential: put them on its hiring team first.")
        }
    }

    /// A day and an hour before; too late for one is no reminder.
    func remind(of interview: Interview, _ tx: TenantTransaction) throws(Failure) {
        for (occasion, ahead) in [(InterviewOccasion.dayAhead, 86_400.0), (.hourAhead, 3_600.0)] {
            let moment = interview.startsAt - ahead
            guard moment > tx.now else { continue }
            let work = RemindOfInterview(interview: interview.id, startsAt: interview.startsAt, occasion: occasion)
            try tx.enqueue(work, WorkOptions(notBefore: moment))
        }
    }

    func clashes(
        with interview: Interview,
        of subject: Case,
        seenBy member: Member,
        _ tx: TenantTransaction
    ) async throws(Failure) -> [InterviewClash] {
        guard interview.outcome == .pending else { return [] }
        let people = [subject.application.candidateId] + interview.interviewers
        let scope = member.scope(.viewApplications)
        let statement = InterviewQueries.clashes(with: interview, of: people, candidate: subject.application.candidateId, in: scope, tx)
        return try await tx.query(statement).decoded { row in
            let busy = Set((try row("interviewers") as [UUID]).map { Identifier<User>($0) } + [try row("candidate_id")])
            return InterviewClash(
                interviewId: try row("id"),
                userIds: people.filter(busy.contains),
                startsAt: try row("starts_at"),
                endsAt: try row("ends_at")
            )
        }
    }

    /// By mail, at once or when the tenant's rules say, but never after the interview begins.
    func invite(to interview: Interview, of subject: Case, _ tx: TenantTransaction) async throws(Failure) {
        let proposal = InvitationSending(application: subject.fact, interview: InterviewFact(interview), sendAt: tx.now)
        let sendAt = min(try await tx.propose(proposal).sendAt, interview.startsAt)
        tx.queue(InterviewQueries.setInvitationVersion(of: interview, tx))
        try tx.enqueue(
            SendInvitation(interview: interview.id, version: interview.version),
            WorkOptions(notBefore: sendAt > tx.now ? sendAt : nil)
        )
    }
}
