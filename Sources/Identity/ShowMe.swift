package import Kernel
import Postgres

/// Something counted against a person's plan.
package struct Meter: Sendable {
    let name: String
    let limits: [Tier: Int]
    let count: @Sendable (SignedIn) async throws(Failure) -> Int

    package init(_ name: String, limits: [Tier: Int], count: @escaping @Sendable (SignedIn) async throws(Failure) -> Int) {
        self.name = name
        self.limits = limits
        self.count = count
    }
}

extension Identity {
    func showMe(_ input: NoInput, by user: SignedIn) async throws(Failure) -> UserView {
        var view = try await account(of: user)
        var counters: [String: Int] = [:]
        var limits: [String: Int] = [:]
        for meter in meters {
            counters[meter.name] = try await meter.count(user)
            limits[meter.name] = meter.limits[view.tier]
        }
        view.counters = counters
        view.limits = limits
        return view
    }

    func account(of user: SignedIn) async throws(Failure) -> UserView {
        guard let row = try await store.query(as: user, UserQueries.account(user.user, tenant: user.tenant)).first else {
            throw .unauthorized
        }
        return try view(row)
    }

    func view(_ row: Row) throws(Failure) -> UserView {
        try reading { try UserView(row, publicURL: configuration.publicURL) }
    }
}
