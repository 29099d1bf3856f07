import Candidates
import Foundation
package import Jobs
package import Kernel
import Postgres
import ResumeParsing
package import Resumes

struct ApplyToJob: Codable, Sendable {
    let id: Identifier<Job>
    let coverLetter: Text<20000>?
    let resumeId: Identifier<Resume>?
    let answers: List<Answer, 50>?
    /// Where the candidate came from: `careers-page`, `linkedin`.
    let source: Text<60>?
}

extension Applications {
    /// Whoever withdrew may apply again while the job is open: that renews the application, with what they send now.
    func apply(_ input: ApplyToJob, by candidate: CandidateUser) async throws(Failure) -> Application {
        try await store.transaction(as: candidate) { tx in
            // Closing the job waits for those who are applying, and nobody applies after it.
            let (job, stage) = try await openJob(input.id, tx)
            let answers = try Answer.check(input.answers?.elements ?? [], against: job.questions.elements)
            let applicant = try await candidates.applicant(candidate.user, resume: input.resumeId, in: tx)
            if let earlier = try await tx.first(ApplicationQueries.own(to: job.id, of: candidate.user, tenant: tx.tenant)) {
                let subject = try await openCase(reading { try earlier("id") }, by: candidate, tx)
                guard subject.application.category == .withdrawn else { throw Failure.alreadyApplied }
                try tx.queue(
                    ApplicationQueries.renew(subject.application.id, input, stage: stage, applicant: applicant, answers: answers, tx)
                )
                return try await finishRenewal(of: subject, job: job, tx).asSeenByCandidate
            }
            // Whoever had applied before knows the job.
            guard !job.isConfidential else { throw Failure.jobNotFound }
            return try await enter(input, of: candidate.user, job: job, stage: stage, applicant, answers, tx).asSeenByCandidate
        }
    }

    /// A company's member enters a candidate for a job; its questions are the candidate's to answer, and stay open.
    package func enter(
        _ candidate: Identifier<User>,
        for job: Identifier<Job>,
        of company: Identifier<Company>,
        source: String?,
        resume: Identifier<Resume>?,
        _ tx: TenantTransaction
    ) async throws(Failure) -> Identifier<Application> {
        let (job, stage) = try await openJob(job, tx)
        guard job.companyId == company else { throw .jobNotFound }
        let applicant = try await candidates.applicant(candidate, resume: resume, in: tx)
        let source = try reading { try source.map { try Text<60>($0) } }
        let input = ApplyToJob(id: job.id, coverLetter: nil, resumeId: resume, answers: nil, source: source)
        let answers = CheckedAnswers(given: [], disqualifiedBy: [])
        return try await enter(input, of: candidate, job: job, stage: stage, applicant, answers, tx).id
    }

    private func enter(
        _ input: ApplyToJob,
        of candidate: Identifier<User>,
        job: Job,
        stage: Stage,
        _ applicant: Applicant,
        _ answers: CheckedAnswers,
        _ tx: TenantTransaction
    ) async throws(Failure) -> Application {
        let id = Identifier<Application>()
        try tx.queue(
            ApplicationQueries.insert(id, input, job: job, stage: stage, applicant: applicant, answers: answers, of: candidate, tx)
        )
        let application = try await application(id, in: tx)
        _ = try await tx.propose(ApplicationSubmitting(application: ApplicationFact(application, job: job, cards: [])))
        return try await finish(application, job: job, tx)
    }

    /// A job that takes applications until the transaction ends, and the stage in which they begin.
    func openJob(_ id: Identifier<Job>, _ tx: TenantTransaction) async throws(Failure) -> (Job, Stage) {
        let job = try await jobs.job(id, in: tx, lock: .steady)
        guard job.publishedAt != nil, try await jobs.isOpen(job, in: tx) else { throw .jobNotFound }
        guard job.acceptsApplications(at: tx.now) else { throw .jobClosed }
        guard let stage = try await jobs.pipeline(job.pipelineId, in: tx).first(.applied) else { throw .jobClosed }
        return (job, stage)
    }

    /// Scores at once if the resume has been read; otherwise background work does, as soon as it has.
    private func finish(_ application: Application, job: Job, _ tx: TenantTransaction) async throws(Failure) -> Application {
        guard application.applicant.isComplete else {
            try scoreLater(application, isRenewal: false, tx)
            return application
        }
        return try await submit(application, job: job, tx)
    }

    func scoreLater(_ application: Application, isRenewal: Bool, _ tx: TenantTransaction) throws(Failure) {
        // Reading takes some tens of milliseconds; coming too early would cost a retry's delay.
        let options = WorkOptions(priority: 10, notBefore: tx.now + 0.3)
        try tx.enqueue(SubmitApplication(application: application.id, isRenewal: isRenewal), options)
    }

    /// Gives the application its score and appends its event.
    func submit(_ application: Application, job: Job, _ tx: TenantTransaction) async throws(Failure) -> Application {
        let scored = try await score(application, job: job, tx)
        try tx.append(ApplicationSubmitted(application: ApplicationFact(scored, job: job, cards: [])))
        return scored
    }

    func score(_ application: Application, job: Job, _ tx: TenantTransaction) async throws(Failure) -> Application {
        let score = Score(of: application.applicant, for: job)
        try tx.queue(ApplicationQueries.setScore(score, of: application.id, applicant: application.applicant, tx))
        return try await self.application(application.id, in: tx)
    }
}
