import Kernel
import Testing
import Wire

extension TestJob {
    /// An application by a new candidate, moved to a stage if one is named.
    func application(at stage: String? = nil) async throws -> (id: String, candidate: Person) {
        let candidate = try await company.tenant.candidate()
        let application = try await candidate.post("/jobs/\(id)/apply").expect(201)
        if let stage { try await company.admin.patch("/applications/\(application.id)/status", ["status": .string(stage)]).expect(200) }
        return (application.id, candidate)
    }
}
