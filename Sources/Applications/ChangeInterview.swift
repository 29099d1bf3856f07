import Foundation
import Kernel

struct ChangeInterview: Codable, Sendable {
    let id: Identifier<Interview>
    let ifMatch: ExpectedVersion?
    let startsAt: Date?
    let durationMinutes: Bounded<5, 600>?
    let location: Patch<Text<300>>
    let meetingURL: Patch<WebAddress>
    /// All of them. Who is left out is told that it is called off for them, who is new is invited.
    let interviewers: List<Identifier<User>, 20>?
    /// Goes into the invitation.
    let message: Patch<Text<2000>>
    let outcome: InterviewOutcome?
    let feedback: Patch<Text<10000>>

    /// Beside the outcome and the feedback, which come after the interview.
    var changesPlan: Bool {
        startsAt != nil || durationMinutes != nil || location.isPresent || meetingURL.isPresent || interviewers != nil || message.isPresent
    }

    func changes(_ current: Interview) -> Bool {
        if let startsAt, startsAt != current.startsAt { return true }
        if let durationMinutes, durationMinutes.value != current.durationMinutes { return true }
        if let interviewers, interviewers.elements != current.interviewers { return true }
        if let outcome, outcome != current.outcome { return true }
        return location.changes(current.location) { $0.value } || meetingURL.changes(current.meetingURL) { $0.value }
            || message.changes(current.message) { $0.value } || feedback.changes(current.feedback) { $0.value }
    }
}

extension Applications {
    func changeInterview(_ input: ChangeInterview, by member: Member) async throws(Failure) -> InterviewView {
        try await store.transaction(as: member) { tx in
            let (interview, subject) = try await openInterview(input.id, by: member, may: .scheduleInterviews, tx)
            try input.ifMatch?.check(interview.version)
            guard interview.outcome != .canceled else { throw Failure.interviewOver }
            guard !input.changesPlan || interview.outcome == .pending && interview.endsAt > tx.now else { throw Failure.interviewEnded }
            if let interviewers = input.interviewers?.elements { try await require(interviewers, for: subject, tx) }
            if let startsAt = input.startsAt, startsAt <= tx.now { throw Failure.validation("startsAt", "Must be in the future.") }
            guard input.changes(interview) else { return InterviewView(interview: interview) }
            tx.queue(InterviewQueries.update(interview, input, tx))
            guard let row = try await tx.first(InterviewQueries.interview(interview.id, tenant: tx.tenant)) else {
                throw Failure.interviewNotFound
            }
            let changed = try Interview(checking: row)
            try tx.append(InterviewChanged(application: subject.fact, interview: InterviewFact(changed)))
            let clashes = try await follow(changed, after: interview, of: subject, by: member, tx)
            return InterviewView(interview: changed, clashes: clashes)
        }
    }

    /// What the guests must be told, and what else they have at the new time; nothing if nothing of that changed.
    private func follow(
        _ changed: Interview,
        after former: Interview,
        of subject: Case,
        by member: Member,
        _ tx: TenantTransaction
    ) async throws(Failure) -> [InterviewClash]? {
        let isCalledOff = changed.outcome == .canceled
        guard Invitation(changed) != Invitation(former) || isCalledOff else { return nil }
        tx.queue(GuestQueries.invite(changed.interviewers, candidate: nil, to: changed.id, tx))
        let hasMoved = changed.startsAt != former.startsAt
        if hasMoved || changed.durationMinutes != former.durationMinutes { tx.queue(GuestQueries.forgetAnswers(to: changed.id, tx)) }
        if hasMoved, !isCalledOff { try remind(of: changed, tx) }
        try await invite(to: changed, of: subject, tx)
        return isCalledOff ? nil : try await clashes(with: changed, of: subject, seenBy: member, tx)
    }

    func openInterview(
        _ id: Identifier<Interview>,
        by member: Member,
        may permission: Permission,
        _ tx: TenantTransaction
    ) async throws(Failure) -> (Interview, Case) {
        // The application is locked before what belongs to it, as everywhere: its end also changes its interviews.
        guard let found = try await tx.first(InterviewQueries.interview(id, tenant: tx.tenant)) else { throw .interviewNotFound }
        let subject: Case
        do throws(Failure) {
            subject = try await openCase(Interview(checking: found).applicationId, by: member, may: permission, tx)
        } catch {
            throw error.kind == .notFound ? .interviewNotFound : error
        }
        guard let row = try await tx.first(InterviewQueries.interview(id, tenant: tx.tenant, locked: true)) else {
            throw .interviewNotFound
        }
        return (try Interview(checking: row), subject)
    }
}
