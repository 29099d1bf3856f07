import Foundation
import Kernel
import Postgres
import Testing

/// A system admin working in a tenant: with its administrator's standing, and always recorded.
@Suite struct EnterTenantTests {
    @Test func `a system admin does in a tenant what its administrator may, and it is recorded`() async throws {
        let tenant = try await TestTenant()
        let root = try await Person.systemAdmin()
        let inside = ["X-Tenure-Tenant": tenant.id.description]
        try await root.get("/admin/scripts").expect(403)
        let body: JSON = ["name": "greeting", "kind": "rule", "source": "local x = 1"]
        let made = try await root.post("/admin/scripts", body, headers: inside).expect(201)
        #expect(try await root.get("/admin/scripts", headers: inside).expect(200).items.count == 1)
        #expect(try await tenant.admin().get("/admin/scripts/\(made.id)").expect(200).data["name"] == "greeting")

        let log = try await tenant.admin().get("/admin/audit?name=script.created").expect(200).items
        #expect(log.first?["actor"]?["id"]?.string == root.id)
        let passages = try await tenant.count(
            """
            SELECT count(*) FROM operator_passages
            WHERE tenant_id = \(tenant.id) AND admin_id = \(root.id)::uuid AND purpose = 'Create a script with a draft'
            """
        )
        #expect(passages == 1)
    }

    @Test func `only a system admin gets into another tenant`() async throws {
        let (tenant, other) = (try await TestTenant(), try await TestTenant())
        let inside = ["X-Tenure-Tenant": tenant.id.description]
        let admin = try await other.admin()
        try await admin.get("/admin/scripts", headers: inside).expect(403)
        try await admin.get("/admin/scripts", headers: ["X-Tenure-Tenant": other.id.description]).expect(403)
        try await other.candidate().get("/admin/scripts", headers: inside).expect(403)
        try await Person(server: other.server, tenant: nil).get("/admin/scripts", headers: inside).expect(401)
    }

    @Test func `only an administrator's work is done there`() async throws {
        let tenant = try await TestTenant()
        let root = try await Person.systemAdmin()
        let inside = ["X-Tenure-Tenant": tenant.id.description]
        try await root.get("/users/me", headers: inside).expect(403)
        try await root.get("/applications", headers: inside).expect(403)
        try await root.get("/admin/tenants", headers: inside).expect(403)
        try await root.post("/enterprise/api-key/regenerate", headers: inside).expect(403)
        try await root.get("/admin/scripts/events", headers: ["X-Tenure-Tenant": Identifier<Tenant>().description]).expect(400)
        try await root.get("/admin/scripts", headers: ["X-Tenure-Tenant": "acme"]).expect(400)
    }
}
