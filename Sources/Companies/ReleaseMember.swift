import Identity
package import Kernel
import Notifications
import Postgres

extension Companies {
    /// Ends their memberships. The tenant's administrators are told of companies with nobody left, which are theirs to look after.
    package func release(_ people: [Identifier<User>], in tx: TenantTransaction) async throws(Failure) {
        let ended = try await tx.query(MemberQueries.end(people, tx))
        let memberships: [(Identifier<Company>, Identifier<User>)] = try reading {
            try ended.map { (try $0("company_id"), try $0("user_id")) }
        }
        for (id, user) in memberships {
            let company = try await company(id, in: tx)
            try tx.append(MemberChanged(company: CompanyFact(company), member: MemberFact(try await member(user, of: id, tx))))
            if try await tx.query(MemberQueries.otherAdmins(of: id, beside: user, tx)).isEmpty {
                let admins = try await identity.tenantAdmins(in: tx)
                let words = "\(company.name) has nobody left to administer it."
                try await notifications.tell(words, about: EventSubject("company", id), to: admins, tx)
            }
        }
    }
}
