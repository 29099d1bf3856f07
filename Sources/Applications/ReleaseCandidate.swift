package import Foundation
import Jobs
package import Kernel
import Postgres

extension Applications {
    /// Withdraws open applications, calls off their interviews and offers, and removes interviewers from interviews with others. The people
    /// concerned learn of each by its event.
    package func release(_ people: [Identifier<User>], in tx: TenantTransaction) async throws(Failure) {
        let theirs = try await tx.query(ReleaseQueries.applications(of: people, tx))
        try await end(reading { try theirs.map { try $0("id") } }, in: tx)
        try await callOff(tx.query(ReleaseQueries.removeInterviewers(people, tx)), tx)
    }

    /// Withdraws open applications, and calls off what was planned for them.
    package func end(_ applications: [UUID], in tx: TenantTransaction) async throws(Failure) {
        try await callOff(tx.query(ReleaseQueries.cancelInterviews(of: applications, tx)), tx)
        for row in try await tx.query(ReleaseQueries.openOffers(of: applications, tx)) { try await expire(reading { try row("id") }, tx) }
        let open: [Identifier<Application>] = try await tx.query(ReleaseQueries.open(applications, tx)).decoded { try $0("id") }
        let subjects = try await openCases(open, tx)
        let pipelines = try await jobs.pipelines(Set(subjects.values.map(\.application.pipelineId)), in: tx)
        for subject in open.compactMap({ subjects[$0] }) {
            let pipeline = pipelines[subject.application.pipelineId]
            guard let stage = pipeline?.first(.withdrawn) ?? pipeline?.first(.rejected) else { continue }
            try withdraw(subject, to: stage, reason: nil, tx)
        }
    }

    private func callOff(_ interviews: Rows, _ tx: TenantTransaction) async throws(Failure) {
        for row in interviews {
            let id: Identifier<Interview> = try reading { try row("id") }
            guard let found = try await tx.first(InterviewQueries.interview(id, tenant: tx.tenant)) else { continue }
            let interview = try Interview(checking: found)
            let subject = try await openCase(interview.applicationId, tx)
            try tx.append(InterviewChanged(application: subject.fact, interview: InterviewFact(interview)))
        }
    }

    private func expire(_ id: Identifier<Offer>, _ tx: TenantTransaction) async throws(Failure) {
        guard let row = try await tx.first(OfferQueries.offer(id, tenant: tx.tenant)) else { return }
        let offer = try reading { try Offer(row) }
        let subject = try await openCase(offer.applicationId, tx)
        tx.queue(ReleaseQueries.expire(id, tx))
        try tx.append(OfferChanged(application: subject.fact, offer: OfferFact(offer, status: .expired), from: offer.status))
    }
}

private enum ReleaseQueries {
    static func applications(of people: [Identifier<User>], _ tx: TenantTransaction) -> SQL {
        """
        SELECT a.id
        FROM applications a
        WHERE a.tenant_id = \(tx.tenant) AND a.candidate_id = ANY(\(people.map(\.uuid))::uuid[])
        ORDER BY a.id
        """
    }

    static func open(_ applications: [UUID], _ tx: TenantTransaction) -> SQL {
        """
        SELECT a.id
        FROM applications a
        JOIN stages s ON s.tenant_id = a.tenant_id AND s.id = a.stage_id
        WHERE a.tenant_id = \(tx.tenant) AND a.id = ANY(\(applications)::uuid[])
            AND s.category NOT IN ('hired', 'rejected', 'withdrawn')
        ORDER BY a.id
        """
    }

    static func openOffers(of applications: [UUID], _ tx: TenantTransaction) -> SQL {
        """
        SELECT o.id
        FROM offers o
        WHERE o.tenant_id = \(tx.tenant) AND o.application_id = ANY(\(applications)::uuid[]) AND o.status IN ('pending', 'negotiating')
        ORDER BY o.id
        """
    }

    static func expire(_ id: Identifier<Offer>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE offers
        SET status = 'expired', version = version + 1, updated_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND id = \(id)
        """
    }

    static func cancelInterviews(of applications: [UUID], _ tx: TenantTransaction) -> SQL {
        """
        UPDATE interviews
        SET outcome = \(InterviewOutcome.canceled), version = version + 1
        WHERE tenant_id = \(tx.tenant) AND application_id = ANY(\(applications)::uuid[]) AND outcome = \(InterviewOutcome.pending)
            AND starts_at > \(tx.now)
        RETURNING id
        """
    }

    /// From interviews that are still to come.
    static func removeInterviewers(_ people: [Identifier<User>], _ tx: TenantTransaction) -> SQL {
        """
        UPDATE interviews
        SET interviewers = ARRAY(SELECT p.id FROM unnest(interviewers) p (id) WHERE p.id <> ALL(\(people.map(\.uuid))::uuid[])),
            version = version + 1
        WHERE tenant_id = \(tx.tenant) AND interviewers && \(people.map(\.uuid))::uuid[] AND outcome = \(InterviewOutcome.pending)
            AND starts_at > \(tx.now)
        RETURNING id
        """
    }
}
