import Jobs
import Kernel
import Postgres

extension Applications {
    /// Ends what hangs on applications that have ended: interviews ahead are called off by mail, open offers expire. They are under lock, so
    /// whoever ends one again finds nothing left. The tenant's rules aren't asked when the mail goes: nobody should wait in vain.
    func callOff(_ applications: [Identifier<Application>], _ tx: TenantTransaction) async throws(Failure) {
        guard !applications.isEmpty else { return }
        let canceled = try await tx.query(InterviewQueries.callOff(applications, tx)).decoded { try Interview(checking: $0) }
        let expired = try await tx.query(OfferQueries.expire(applications, tx)).decoded { row in
            (offer: try Offer(row), from: try row("was") as OfferStatus)
        }
        guard !canceled.isEmpty || !expired.isEmpty else { return }
        let cases = try await openCases(applications, tx)
        for interview in canceled {
            guard let subject = cases[interview.applicationId] else { continue }
            try tx.append(InterviewChanged(application: subject.fact, interview: InterviewFact(interview)))
            try tx.enqueue(SendInvitation(interview: interview.id, version: interview.version))
        }
        for (offer, from) in expired {
            guard let subject = cases[offer.applicationId] else { continue }
            try tx.append(OfferChanged(application: subject.fact, offer: OfferFact(offer), from: from))
        }
    }
}
