import Kernel

struct ShowJob: Codable, Sendable {
    let id: Identifier<Job>
}

extension Jobs {
    func show(_ input: ShowJob, by user: Reader) async throws(Failure) -> Job {
        let rows = try await store.query(as: user, JobQueries.visibleJob(input.id, to: user))
        guard let row = rows.first else { throw .jobNotFound }
        return try Job(checking: row)
    }
}
