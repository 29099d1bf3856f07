import Identity
import Kernel

/// A company about to be made by somebody who works for it.
struct CreateCompany: Codable, Sendable {
    let name: Text<200>
    let website: WebAddress?
    let industry: Text<100>?
    let size: CompanySize?
    let description: Text<5000>?
    let location: Text<200>?
    let logoUrl: WebAddress?
}

extension Companies {
    func create(_ input: CreateCompany, by user: SignedIn) async throws(Failure) -> CompanyView {
        guard !user.caller.roles.isDisjoint(with: [.employer, .tenantAdmin]) else { throw .forbidden }
        let id = Identifier<Company>()
        let company = try await store.transaction(as: user) { tx in
            tx.queue(CompanyQueries.insert(id, input, creator: user.user, tx))
            tx.queue(MemberQueries.insert(id, user.user, .companyAdmin, .active, tx))
            tx.queue(Identity.tellStandingChanged(user.user))
            let company = try await self.company(id, in: tx)
            try tx.append(CompanyCreated(company: CompanyFact(company)))
            return company
        }
        identity.standingChanged(user.user)
        return company
    }
}
