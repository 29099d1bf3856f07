import Kernel
import Postgres
import Testing

@testable import Web
@testable import tenure

/// How long an operation's statements may take.
@Suite struct TimeBudgetTests {
    /// What puts together more than a page shows. Whoever adds to them says why a page would not do.
    private static let reports: Set<String> = [
        "GET /admin/tenants/{id}", "GET /admin/users/{id}/erasure", "GET /admin/replays/{id}/file", "GET /candidates/merge-proposals",
        "GET /users/me/export",
    ]

    @Test func `what reads has a page's time, but for the reports named here`() async throws {
        let operations = try await TestServer.running.composition.operations.filter { $0.socket == nil }
        let reads = operations.filter { $0.method == .get }
        #expect(Set(reads.filter { $0.budget == .report }.map(\.name)) == Self.reports)
        for read in reads { #expect(read.budget != .change, "\(read.name)") }
        for change in operations where change.method != .get { #expect(change.budget != .read, "\(change.name)") }
    }

    @Test func `each operation documents what it answers when its time is over, or its tenant's line is full`() async throws {
        for operation in try await TestServer.running.composition.operations {
            let documented = OperationDescription(operation, components: SchemaComponents(glossary: Glossary())).failures["503"] ?? []
            #expect(documented.contains { $0.message == operation.budget.overrun.message }, "\(operation.name)")
            #expect(documented.contains { $0.code == Failure.tenantBusy.code }, "\(operation.name)")
        }
    }

    @Test func `what no operation limits has the time of a change`() async throws {
        let tenant = try await TestTenant()
        let show: SQL = "SELECT current_setting('statement_timeout') AS value"
        let store = tenant.server.composition.store
        let system = SystemActor(tenant: tenant.id)
        #expect(try await store.query(as: system, show)[0]("value") == "15s")
        #expect(try await store.transaction(as: system) { tx in try await tx.query(show)[0]("value") as String } == "15s")
    }
}
