import Candidates
import Jobs
import Kernel

struct RenewApplication: Codable, Sendable {
    let id: Identifier<Application>
    let ifMatch: ExpectedVersion?
}

extension Applications {
    /// Takes a withdrawal back while the job is open. The application begins again, as it was sent; what the withdrawal called off stays so.
    func renew(_ input: RenewApplication, by candidate: CandidateUser) async throws(Failure) -> Application {
        try await store.transaction(as: candidate) { tx in
            // As in applying: the job is locked before the application.
            let own = try await application(input.id, in: tx)
            guard own.candidateId == candidate.user else { throw Failure.applicationNotFound }
            guard own.category == .withdrawn else { throw Failure.notWithdrawn }
            let (job, stage) = try await openJob(own.jobId, tx)
            let subject = try await openCase(input.id, by: candidate, tx)
            try input.ifMatch?.check(subject.application.asSeenByCandidate.version)
            guard subject.application.category == .withdrawn else { throw Failure.notWithdrawn }
            tx.queue(ApplicationQueries.move(input.id, to: stage, tx))
            return try await finishRenewal(of: subject, job: job, tx).asSeenByCandidate
        }
    }

    /// The tenant's rules are asked as if it were new; what they do with new ones they don't do again.
    func finishRenewal(of subject: Case, job: Job, _ tx: TenantTransaction) async throws(Failure) -> Application {
        var renewed = try await application(subject.application.id, in: tx)
        _ = try await tx.propose(ApplicationSubmitting(application: ApplicationFact(renewed, job: job, cards: subject.cards)))
        if renewed.atsScore == nil {
            if renewed.applicant.isComplete {
                renewed = try await score(renewed, job: job, tx)
            } else {
                try scoreLater(renewed, isRenewal: true, tx)
            }
        }
        try tx.append(
            ApplicationRenewed(
                application: ApplicationFact(renewed, job: job, cards: subject.cards),
                from: subject.application.status,
                fromCategory: subject.application.category,
                replacedLetter: renewed.coverLetter == subject.application.coverLetter ? nil : subject.application.coverLetter
            )
        )
        return renewed
    }
}
