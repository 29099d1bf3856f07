import Candidates
import Foundation
import Jobs
import Kernel
import ResumeParsing
import Resumes

struct ApplyToJob: Codable, Sendable {
    let id: Identifier<Job>
    let coverLetter: Text<20000>?
    let resumeId: Identifier<Resume>?
    let answers: List<Answer, 50>?
    /// Where the candidate came from: `careers-page`, `linkedin`.
    let source: Text<60>?
}

extension Applications {
    func apply(_ input: ApplyToJob, by candidate: CandidateUser) async throws(Failure) -> Application {
        try await store.transaction(as: candidate) { tx in
            // Closing the job waits for those who are applying, and nobody applies after it.
            let job = try await jobs.job(input.id, in: tx, lock: .steady)
            guard job.status == .published, try await jobs.isOpen(job, in: tx) else { throw Failure.jobNotFound }
            guard job.acceptsApplications(at: tx.now) else { throw Failure.jobClosed }
            let disqualifiedBy = try Answer.check(input.answers?.elements ?? [], against: job.questions.elements)
            let pipeline = try await jobs.pipeline(job.pipelineId, in: tx)
            guard let stage = pipeline.first(.applied) else { throw Failure.jobClosed }
            let applicant = try await candidates.applicant(candidate.user, resume: input.resumeId, in: tx)
            let id = Identifier<Application>()
            try tx.queue(
                ApplicationQueries.insert(id, input, job: job, stage: stage, applicant: applicant, disqualifiedBy: disqualifiedBy, tx)
            )
            let application = try await application(id, in: tx)
            _ = try await tx.propose(ApplicationSubmitting(application: ApplicationFact(application, job: job, cards: [])))
            return try await finish(application, job: job, tx).asSeenByCandidate
        }
    }

    /// Scores at once if the resume has been read; otherwise background work does, as soon as it has.
    private func finish(_ application: Application, job: Job, _ tx: TenantTransaction) async throws(Failure) -> Application {
        guard application.applicant.isComplete else {
            // Reading takes some tens of milliseconds; coming too early would cost a retry's delay.
            try tx.enqueue(SubmitApplication(application: application.id), WorkOptions(priority: 10, notBefore: tx.now + 0.3))
            return application
        }
        return try await submit(application, job: job, tx)
    }

    /// Gives the application its score and appends its event.
    func submit(_ application: Application, job: Job, _ tx: TenantTransaction) async throws(Failure) -> Application {
        let score = Score(of: application.applicant, for: job)
        try tx.queue(ApplicationQueries.setScore(score, of: application.id, applicant: application.applicant, tx))
        let scored = try await self.application(application.id, in: tx)
        try tx.append(ApplicationSubmitted(application: ApplicationFact(scored, job: job, cards: [])))
        return scored
    }
}
