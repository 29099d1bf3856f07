import Approvals
import Kernel
import Postgres

/// A job that was a mistake.
struct DeleteJob: Codable, Sendable {
    let id: Identifier<Job>
}

extension Jobs {
    /// Only while nobody has applied. Whoever applies at this moment waits for the job's lock, and then finds no job.
    func delete(_ input: DeleteJob, by member: Member) async throws(Failure) -> NoContent {
        try await store.transaction(as: member) { tx in
            let job = try await editableJob(input.id, by: member, tx)
            try await approvals.cancel(.job, of: job.id.uuid, in: tx)
            guard try await tx.first(JobQueries.delete(job, tx)) != nil else { throw Failure.jobHasApplications }
            try tx.append(JobDeleted(job: JobFact(job)))
            return NoContent()
        }
    }
}
