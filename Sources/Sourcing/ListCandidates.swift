import Candidates
import Companies
import Identity
import Kernel
import Postgres

/// Which of a company's own candidates to list.
struct ListCandidates: Codable, Sendable {
    let id: Identifier<Company>
    let page: PageNumber?
    let cursor: ListCursor?
    let limit: Bounded<1, 100>?
}

extension Sourcing {
    func list(_ input: ListCandidates, by member: Member) async throws(Failure) -> Page<AddedCandidate> {
        let request = try PageRequest(page: input.page, limit: input.limit, cursor: input.cursor)
        let rows = try await store.queries(
            as: member,
            [
                SourcingQueries.company(input.id, tenant: member.tenant),
                try SourcingQueries.list(input, tenant: member.tenant, request),
            ]
        )
        guard !rows[0].isEmpty else { throw .companyNotFound }
        try member.require(.viewCandidates, in: input.id)
        return try Page(rows[1], request: request, AddedCandidate.init)
    }
}
