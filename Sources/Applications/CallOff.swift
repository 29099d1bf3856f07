import Approvals
import Jobs
import Kernel
import Postgres

extension Applications {
    /// Ends what hangs on applications that have ended: interviews ahead are called off by mail, and open offers expire unless it was a hire.
    /// They are under lock, so whoever ends one again finds nothing left. The tenant's rules aren't asked when the mail goes: nobody should
    /// wait in vain.
    func callOff(_ applications: [Identifier<Application>], _ tx: TenantTransaction) async throws(Failure) {
        guard !applications.isEmpty else { return }
        let canceled = try await tx.query(InterviewQueries.callOff(applications, tx)).decoded { try Interview(checking: $0) }
        let cases = try await openCases(applications, tx)
        for interview in canceled {
            guard let subject = cases[interview.applicationId] else { continue }
            try tx.append(InterviewChanged(application: subject.fact, interview: InterviewFact(interview)))
            try tx.enqueue(SendInvitation(interview: interview.id, version: interview.version))
        }
        for id in applications where cases[id]?.application.category.isFinal ?? false {
            try await approvals.cancel(.offer, of: id.uuid, in: tx)
        }
        try await expireOffers(of: applications.filter { cases[$0]?.application.isOver ?? false }, tx)
    }
}
