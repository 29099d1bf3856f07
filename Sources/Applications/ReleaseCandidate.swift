package import Foundation
import Jobs
package import Kernel
import Postgres

extension Applications {
    /// Withdraws open applications, calls off their interviews and offers, and removes interviewers from interviews with others. The people
    /// concerned learn of each by its event.
    package func release(_ people: [Identifier<User>], in tx: TenantTransaction) async throws(Failure) {
        let theirs = try await tx.query(ApplicationQueries.ids(ofCandidates: people, tx))
        try await end(reading { try theirs.map { try $0("id") } }, in: tx)
        let others: [Identifier<Application>] = try await tx.query(InterviewQueries.applications(interviewedBy: people, tx)).decoded {
            try $0("application_id")
        }
        let cases = try await openCases(others, tx)
        for row in try await tx.query(InterviewQueries.remove(interviewers: people, tx)) {
            let interview = try Interview(checking: row)
            guard let subject = cases[interview.applicationId] else { continue }
            try tx.append(InterviewChanged(application: subject.fact, interview: InterviewFact(interview)))
            try tx.enqueue(SendInvitation(interview: interview.id, version: interview.version))
        }
    }

    /// Withdraws open applications, and calls off what was planned for them.
    package func end(_ applications: [UUID], in tx: TenantTransaction) async throws(Failure) {
        let ids = applications.map { Identifier<Application>($0) }
        let cases = try await openCases(ids, tx)
        let open = ids.compactMap { cases[$0] }.filter { !$0.application.category.isFinal }
        let pipelines = try await jobs.pipelines(Set(open.map(\.application.pipelineId)), in: tx)
        for subject in open {
            let pipeline = pipelines[subject.application.pipelineId]
            guard let stage = pipeline?.first(.withdrawn) ?? pipeline?.first(.rejected) else { continue }
            try withdraw(subject, to: stage, reason: nil, tx)
        }
        try await callOff(ids, tx)
    }
}
