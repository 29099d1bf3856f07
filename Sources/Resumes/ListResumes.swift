import Foundation
import Kernel
import Postgres

struct ListResumes: Codable, Sendable {
    enum SortBy: String, Codable, CaseIterable, Sendable {
        case createdAt, updatedAt, title
    }

    enum SortOrder: String, Codable, CaseIterable, Sendable {
        case asc, desc
    }

    let status: ResumeStatus?
    let sortBy: SortBy?
    let sortOrder: SortOrder?
    let page: PageNumber?
    let cursor: ListCursor?
    let limit: Bounded<1, 100>?
}

extension Resumes {
    func list(_ input: ListResumes, by candidate: CandidateUser) async throws(Failure) -> Page<Resume> {
        let request = try PageRequest(page: input.page, limit: input.limit, cursor: input.cursor)
        let rows = try await store.query(
            as: candidate,
            try ResumeQueries.list(input, of: candidate.user, tenant: candidate.tenant, request)
        )
        return try Page(rows, request: request, Resume.init)
    }
}
