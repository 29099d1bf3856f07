import Foundation
import Kernel
import Postgres
import Testing

@testable import tenure

/// Inside one tenant, the operator can do no more than the application.
@Suite struct OperatorDoorTests {
    @Test func `inside one tenant row-level security applies, even to a statement that names another`() async throws {
        let (here, there) = (try await TestTenant(), try await TestTenant())
        _ = try await there.candidate()
        try await here.server.composition.door.upkeep(in: here.id) { tx in
            let row = try #require(
                try await tx.first("SELECT current_user::text AS role, count(*) AS users FROM users WHERE tenant_id = \(there.id)")
            )
            #expect(try row("role") as String == "tenure_app")
            #expect(try row("users") as Int == 0)
            #expect(try await tx.execute("UPDATE users SET first_name = 'X' WHERE tenant_id = \(there.id)") == 0)
            #expect(try await tx.execute("UPDATE users SET first_name = 'X' WHERE tenant_id = \(here.id)") == 1)
        }
    }

    @Test func `the operator's own tables are reached one statement at a time`() async throws {
        let tenant = try await TestTenant()
        try await tenant.server.composition.door.upkeep(in: tenant.id) { tx in
            let rows = try await tx.asOperator("SELECT current_user::text AS role FROM tenant_names WHERE tenant_id = \(tenant.id)")
            #expect(try rows.first?("role") as String? == "tenure_operator")
            #expect(try await tx.first("SELECT current_user::text AS role")?("role") as String? == "tenure_app")
        }
        // The application's own transactions can't become the operator's.
        await #expect(throws: Failure.self) {
            try await tenant.server.composition.store.transaction(as: SystemActor(tenant: tenant.id)) { tx in
                try await tx.asOperator("SELECT name FROM tenant_names")
            }
        }
    }
}
