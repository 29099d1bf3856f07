import Kernel

/// A merge patch of a company's profile.
struct UpdateCompany: Codable, Sendable {
    let id: Identifier<Company>
    let ifMatch: ExpectedVersion?
    let name: Text<200>?
    let website: Patch<WebAddress>
    let industry: Patch<Text<100>>
    let size: Patch<CompanySize>
    let description: Patch<Text<5000>>
    let location: Patch<Text<200>>
    let logoUrl: Patch<WebAddress>
}

extension Companies {
    func update(_ input: UpdateCompany, by member: Member) async throws(Failure) -> CompanyView {
        try await store.transaction(as: member) { tx in
            let current = try await administered(input.id, by: member, tx)
            try input.ifMatch?.check(current.version)
            guard input.changes(current) else { return current }
            tx.queue(CompanyQueries.update(current, input, tx))
            let company = try await self.company(input.id, in: tx)
            try tx.append(CompanyUpdated(company: CompanyFact(company)))
            return company
        }
    }
}

extension UpdateCompany {
    fileprivate func changes(_ current: CompanyView) -> Bool {
        name.map { $0.value != current.name } ?? false || website.changes(current.website, as: \.value)
            || industry.changes(current.industry, as: \.value) || size.changes(current.size)
            || description.changes(current.description, as: \.value) || location.changes(current.location, as: \.value)
            || logoUrl.changes(current.logoUrl, as: \.value)
    }
}

extension Patch {
    /// The text to store, given the current one.
    func text(_ current: String?, _ text: (Value) -> String) -> String? {
        switch self {
        case .absent: current
        case .null: nil
        case .value(let value): text(value)
        }
    }
}
