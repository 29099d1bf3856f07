import Candidates
import Foundation
import Identity
import Jobs
import Kernel
import Outbox

/// Scores an application whose resume was still being read when it came in. The second time it does nothing, because the score is there.
struct SubmitApplication: Work {
    static let name = "applications.submit"
    static let lane = Lane.quick
    /// With the worker's backoff there are several after the patience with the reader has run out.
    static let attempts = 14
    let application: Identifier<Application>
    /// Its event has been appended already. Absent in older work.
    let isRenewal: Bool?
}

/// Invites to an interview, or withdraws the invitation. The mail's id comes from interview and version, so a repeated send is
/// recognizable.
struct SendInvitation: Work {
    static let name = "applications.sendInvitation"
    static let lane = Lane.mail
    let interview: Identifier<Interview>
    let version: Int
}

struct ResumeStillRead: Error, CustomStringConvertible {
    var description: String { "The resume is still being read." }
}

extension Applications {
    /// How long to wait for a resume to be read; after that the profile alone counts.
    private static let patience: TimeInterval = 600

    func submit(_ work: SubmitApplication, as system: SystemActor) async throws {
        try await store.transaction(as: system) { tx in
            guard let row = try await tx.first(ApplicationQueries.application(work.application, tenant: tx.tenant, locked: true)) else {
                return
            }
            var application = try Application(checking: row)
            guard application.atsScore == nil else { return }
            let applicant = try await candidates.applicant(application.candidateId, resume: application.resumeId, in: tx)
            guard applicant.isComplete || tx.now > application.appliedAt + Self.patience else { throw ResumeStillRead() }
            let job = try await jobs.job(application.jobId, in: tx)
            application.applicant = applicant
            _ = try await work.isRenewal == true ? score(application, job: job, tx) : submit(application, job: job, tx)
        }
    }

    func sendInvitation(_ work: SendInvitation, as system: SystemActor) async throws {
        let letter: InterviewLetter? = try await store.transaction(as: system) { tx in
            guard let row = try await tx.first(InterviewQueries.interview(work.interview, tenant: tx.tenant)) else { return nil }
            let interview = try Interview(checking: row)
            // A newer version has its own work.
            guard interview.version == work.version else { return nil }
            let application = try await application(interview.applicationId, in: tx)
            let job = try await jobs.job(application.jobId, in: tx)
            let people = try await identity.users([application.candidateId] + interview.interviewers, in: tx)
            return InterviewLetter(interview: interview, application: application, job: job, people: people, sentAt: tx.now)
        }
        guard let letter else { return }
        let head = try await identity.letterhead(for: letter.application.candidateId, as: system)
        guard let message = try letter.message(on: head) else { return }
        try await outbox.send(message, as: system)
    }
}
