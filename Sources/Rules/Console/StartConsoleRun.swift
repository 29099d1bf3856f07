import Kernel
import Postgres

struct StartConsoleRun: Codable, Sendable {
    let source: LuaSource
    let tenants: List<Identifier<Tenant>, 1000>?
    /// Every tenant, instead of naming some: never the default.
    let allTenants: Bool?
    let comment: Text<500>?
}

extension Rules {
    func startConsoleRun(_ input: StartConsoleRun, by admin: SystemAdmin) async throws(Failure) -> ConsoleRunView {
        guard input.source.text.contains(where: { !$0.isWhitespace }) else { throw .validation("source", "Must not be empty.") }
        let named = input.tenants?.elements ?? []
        guard named.isEmpty == (input.allTenants ?? false) else {
            throw .validation("tenants", "Name at least one tenant, or else say allTenants.")
        }
        let id = Identifier<ConsoleRun>()
        try await door.transaction(by: admin, "Run a console script", in: admin.tenant) { tx in
            try await tx.asOperator(ConsoleQueries.insert(id, input, by: admin, at: tx.now))
            let rows = try await tx.asOperator(ConsoleQueries.insertTenants(id, named.isEmpty ? nil : named))
            let found: Set<Identifier<Tenant>> = Set(try rows.decoded { try $0("tenant_id") })
            if let missing = named.first(where: { !found.contains($0) }) {
                throw Failure.validation("tenants", "There is no tenant \(missing).")
            }
            try tx.enqueue(PlanConsole(run: id, admin: ConsoleAdmin(admin)))
        }
        return try await consoleRun(id)
    }
}
