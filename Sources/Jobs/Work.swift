import Foundation
package import Kernel

/// Closes a job at its closing time, so that the log and the rules hear of it. A job that was given another time has work of its own for that.
struct CloseJob: Work {
    static let name = "jobs.close"
    static let lane = Lane.quick

    let job: Identifier<Job>
}

extension Jobs {
    package var work: [WorkHandler] {
        [WorkHandler { (work: CloseJob, actor) in try await close(work.job, as: actor) }, WorkHandler(tellTeam)]
    }

    private func close(_ id: Identifier<Job>, as actor: SystemActor) async throws {
        try await store.transaction(as: actor) { tx in
            guard let row = try await tx.first(JobQueries.overdue(id, tx)) else { return }
            let job = try Job(checking: row)
            tx.queue(JobQueries.setStatus(.closed, of: job, tx))
            try tx.append(JobClosed(job: JobFact(job, status: .closed)))
        }
    }

    func closeInTime(_ job: Job, _ tx: TenantTransaction) throws(Failure) {
        guard let end = job.closesAt, end > tx.now else { return }
        try tx.enqueue(CloseJob(job: job.id), WorkOptions(notBefore: end, uniqueKey: "\(job.id) \(Timestamp.text(end))"))
    }
}
