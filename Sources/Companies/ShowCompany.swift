import Identity
import Kernel

/// Which company to show.
struct ShowCompany: Codable, Sendable {
    let id: Identifier<Company>
}

extension Companies {
    func show(_ input: ShowCompany, by user: SignedIn) async throws(Failure) -> CompanyView {
        let row = try await store.query(as: user, CompanyQueries.visible(input.id, to: user)).first
        guard let row else { throw .companyNotFound }
        return try reading { try CompanyView(row) }
    }
}
