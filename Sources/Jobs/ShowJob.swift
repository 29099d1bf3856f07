import Kernel

struct ShowJob: Codable, Sendable {
    let id: Identifier<Job>
}

extension Jobs {
    func show(_ input: ShowJob, by user: Reader) async throws(Failure) -> Job {
        let rows = try await store.query(as: user, JobQueries.visibleJob(input.id, to: user))
        guard let row = rows.first else {
            throw try await store.query(as: user, JobQueries.wasOpen(input.id, tenant: user.tenant)).isEmpty ? .jobNotFound : .jobNotOpen
        }
        let job = try Job(checking: row)
        return user.member?.scope(.viewJobs).contains(job.companyId) ?? false ? job : job.asSeenByCandidate
    }
}

extension Job {
    /// Disqualifying answers, weights, the creator and the employer's own fields are only for the employer.
    var asSeenByCandidate: Job {
        var seen = self
        seen.createdBy = nil
        seen.customFields = [:]
        // Whoever applied knows the job, and not what their colleagues-to-be make of it.
        seen.isConfidential = false
        seen.requirements.weights = nil
        seen.questions = questions.map { question in
            var seen = question
            seen.disqualifying = nil
            return seen
        }
        // The row's counter and time also change with those.
        seen.updatedAt = publishedAt ?? createdAt
        seen.version = 0
        seen.version = visibleVersion(of: seen)
        return seen
    }
}
