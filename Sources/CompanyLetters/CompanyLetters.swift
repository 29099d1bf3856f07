import Companies
package import Identity
package import Kernel
package import Letters
package import Outbox
import Postgres

/// What each company writes to its candidates: texts of its own in place of the standard ones, and whether and when they go out.
package struct CompanyLetters: Capability {
    let store: TenantStore
    let identity: Identity
    let outbox: Outbox

    package init(store: TenantStore, identity: Identity, outbox: Outbox) {
        self.store = store
        self.identity = identity
        self.outbox = outbox
    }

    package static var events: [any Event.Type] { [CompanyLetterChanged.self] }

    package static var part: APIPart { .communication }

    /// The name of a company whose letters the member may write.
    func name(of company: Identifier<Company>, writtenBy member: Member, _ tx: TenantTransaction) async throws(Failure) -> String {
        guard let row = try await tx.first(CompanyLetterQueries.company(company, tenant: tx.tenant)) else { throw .companyNotFound }
        let (name, isApproved) = try reading { (try row("name") as String, try row("is_approved") as Bool) }
        guard isApproved || member.scope(.administerCompany).contains(company) else { throw .companyNotFound }
        try member.require(.administerCompany, in: company)
        return name
    }

    /// A company's letter in a language, as it is to be written now.
    package func letter(
        _ kind: LetterKind,
        of company: Identifier<Company>,
        in language: Language,
        _ tx: TenantTransaction
    ) async throws(Failure) -> CompanyLetter {
        let row = try await tx.first(CompanyLetterQueries.letter(kind, of: company, in: language, tenant: tx.tenant))
        return try reading { try CompanyLetter(kind, in: language, row) }
    }
}
