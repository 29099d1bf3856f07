package import Foundation
package import Identity
package import Kernel
import Postgres

/// A company's profile.
package struct CompanyView: Codable, Sendable, Versioned {
    package let id: Identifier<Company>
    package let name: String
    package let website: String?
    package let industry: String?
    package let size: CompanySize?
    package let description: String?
    package let location: String?
    package let logoUrl: String?
    /// One decimal; absent before the first rating.
    package let averageRating: Double?
    package let ratings: Int
    /// Whether an administrator of the tenant approved the company. Until then only its members see it.
    package let approval: CompanyApproval
    /// Why it was rejected.
    package let approvalReason: String?
    package let version: Int
    package let createdAt: Date
    package let updatedAt: Date
}

/// How many people work there.
package enum CompanySize: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case upTo10 = "1-10"
    case upTo50 = "11-50"
    case upTo200 = "51-200"
    case upTo500 = "201-500"
    case upTo1000 = "501-1000"
    case upTo5000 = "1001-5000"
    case more = "5001+"
}

extension Companies {
    package func company(_ id: Identifier<Company>, in transaction: TenantTransaction) async throws(Failure) -> CompanyView {
        try await lookUp(id, transaction, locked: false)
    }

    /// The company under lock, if the member may administer it. Members who may not are told so: that an approved company exists is no
    /// secret within its tenant.
    func administered(_ id: Identifier<Company>, by member: Member, _ tx: TenantTransaction) async throws(Failure) -> CompanyView {
        let company = try await lookUp(id, tx, locked: true)
        guard company.approval == .approved || member.scope(.administerCompany).contains(id) else { throw .companyNotFound }
        try member.require(.administerCompany, in: id)
        return company
    }

    private func lookUp(_ id: Identifier<Company>, _ tx: TenantTransaction, locked: Bool) async throws(Failure) -> CompanyView {
        let row = try await tx.first(CompanyQueries.company(id, tenant: tx.tenant, locked: locked))
        guard let row else { throw .companyNotFound }
        return try reading { try CompanyView(row) }
    }
}
