import Kernel

struct PublishJob: Codable, Sendable {
    let id: Identifier<Job>
    /// External channels in addition to the internal one.
    let channels: List<Text<60>, 20>?
}

extension Jobs {
    func publish(_ input: PublishJob, by member: Member) async throws(Failure) -> Job {
        try await store.transaction(as: member) { tx in
            var job = try await editableJob(input.id, by: member, tx)
            if let channels = input.channels {
                tx.queue(JobQueries.setChannels(channels, of: job, tx))
                job = try await self.job(job.id, in: tx)
            }
            try await become(.published, job, tx)
            return try await self.job(job.id, in: tx)
        }
    }
}
