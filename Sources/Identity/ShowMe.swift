import Kernel
import Postgres

extension Identity {
    func showMe(_ input: NoInput, by user: SignedIn) async throws(Failure) -> UserView {
        var view = try await account(of: user)
        let meters = capabilities.meters
        let counts: [(String, Int)]
        if let counting = meters.counting(user) {
            counts = try await store.query(as: user, counting).decoded { (try $0("name"), try $0("used")) }
        } else {
            counts = []
        }
        view.counters = Dictionary(counts, uniquingKeysWith: { first, _ in first })
        view.limits = meters.reduce(into: [:]) { $0[$1.name] = $1.limits[view.tier] }
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
