import Candidates
import Foundation
import Jobs
import Kernel

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
}
