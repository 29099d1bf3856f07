import Identity
import Kernel
import Postgres

/// Which members to list.
struct ListMembers: Codable, Sendable {
    let id: Identifier<Company>
    let role: CompanyRole?
    let status: MemberStatus?
    let page: PageNumber?
    let cursor: ListCursor?
    let limit: Bounded<1, 100>?
}

extension Companies {
    func listMembers(_ input: ListMembers, by member: Member) async throws(Failure) -> Page<MemberView> {
        guard member.scope(.viewMembers).contains(input.id) else {
            let isKnown =
                if let user = SignedIn(member.caller) {
                    try await !store.query(as: member, CompanyQueries.visible(input.id, to: user)).isEmpty
                } else { false }
            throw isKnown ? .forbidden : .companyNotFound
        }
        let request = try PageRequest(page: input.page, limit: input.limit, cursor: input.cursor)
        let rows = try await store.query(as: member, try MemberQueries.list(input, tenant: member.tenant, request))
        guard try reading({ try rows[0]("is_known") }) else { throw .companyNotFound }
        let now = store.clock.now()
        return try Page(rows, request: request) { try MemberView($0, at: now) }
    }
}
