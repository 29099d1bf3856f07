import Foundation
import Kernel

struct ChangeInterview: Codable, Sendable {
    let id: Identifier<Interview>
    let ifMatch: ExpectedVersion?
    let startsAt: Date?
    let durationMinutes: Bounded<5, 600>?
    let location: Patch<Text<300>>
    let meetingURL: Patch<WebAddress>
    let outcome: InterviewOutcome?
    let feedback: Patch<Text<10000>>

    var changesInvitation: Bool {
        startsAt != nil || durationMinutes != nil || location.isPresent || meetingURL.isPresent || outcome == .canceled
    }
}

extension Applications {
    func changeInterview(_ input: ChangeInterview, by member: Member) async throws(Failure) -> Interview {
        try await store.transaction(as: member) { tx in
            let (interview, subject) = try await openInterview(input.id, by: member, may: .scheduleInterviews, tx)
            try input.ifMatch?.check(interview.version)
            guard interview.outcome != .canceled else { throw Failure.interviewOver }
            if let startsAt = input.startsAt, startsAt <= tx.now { throw Failure.validation("startsAt", "Must be in the future.") }
            tx.queue(InterviewQueries.update(interview, input, tx))
            guard let row = try await tx.first(InterviewQueries.interview(interview.id, tenant: tx.tenant)) else {
                throw Failure.interviewNotFound
            }
            let changed = try Interview(checking: row)
            try tx.append(InterviewChanged(application: subject.fact, interview: InterviewFact(changed)))
            if input.changesInvitation { try await invite(to: changed, of: subject, tx) }
            return changed
        }
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
