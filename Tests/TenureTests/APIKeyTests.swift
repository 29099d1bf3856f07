import Foundation
import Identity
import Kernel
import Postgres
import Testing

/// The key with which a tenant's own programs act.
@Suite struct APIKeyTests {
    private func makeKey(_ admin: Person) async throws -> String {
        try #require(try await admin.post("/enterprise/api-key/regenerate").expect(200).data["key"]?.string)
    }

    @Test func `a key is shown once and then only by its prefix`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        #expect(try await admin.get("/enterprise/api-key").expect(404).code == "API_KEY_NOT_FOUND")
        let key = try await makeKey(admin)
        let program = tenant.person(token: key)
        try await program.get("/admin/scripts").expect(200)
        let shown = try await admin.get("/enterprise/api-key").expect(200).data
        let prefix = try #require(shown["prefix"]?.string)
        #expect(key.hasPrefix(prefix) && prefix.hasPrefix("tnk_") && prefix.count == 12)
        #expect(shown["createdBy"]?.string == admin.id)
        #expect(shown["lastUsedAt"]?.string.flatMap(Timestamp.date).map { abs($0.timeIntervalSinceNow) < 60 } == true)
        #expect(
            try await tenant.count("SELECT count(*) FROM api_keys k WHERE k.tenant_id = \(tenant.id) AND k::text LIKE \("%\(key)%")") == 0
        )
        let audit = try await admin.get("/admin/audit?limit=10").expect(200).json.text
        #expect(audit.contains("api_key.regenerated") && !audit.contains(key))
    }

    @Test func `a program acts as the administrator who made its key`() async throws {
        let shop = try await RuleShop()
        let program = shop.tenant.person(token: try await makeKey(shop.admin))
        let script = try await program.post(
            "/admin/scripts",
            ["name": "by-program", "kind": "library", "source": "return 1"],
            headers: ["Idempotency-Key": "once"]
        ).expect(201)
        try await program.post("/admin/scripts/\(script.id)/publish", ["comment": "by a program"]).expect(200)
        #expect(try await program.get("/users/me").expect(200).id == shop.admin.id)
        let actors = try await shop.tenant.count(
            """
            SELECT count(*) FROM events
            WHERE tenant_id = \(shop.tenant.id) AND name = 'script.published' AND actor_kind = 'user' AND actor_id = \(shop.admin.id)::uuid
            """
        )
        #expect(actors == 1)
        try await program.get("/admin/tenants").expect(403)
    }

    @Test func `what concerns the person is closed to a program`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        let program = tenant.person(token: try await makeKey(admin))
        try await program.post("/enterprise/api-key/regenerate").expect(403)
        try await program.post("/auth/logout").expect(403)
        try await program.get("/auth/sessions").expect(403)
        try await program.delete("/auth/sessions/\(Identifier<User>())").expect(403)
        try await program.patch("/users/me", ["firstName": "Program"]).expect(403)
        try await program.delete("/users/me", ["password": "Correct-Horse-1"]).expect(403)
        try await program.get("/users/me/export").expect(403)
    }

    @Test func `a key that is not quite the key is none`() async throws {
        let tenant = try await TestTenant()
        let other = try await TestTenant()
        let key = try await makeKey(try await tenant.admin())
        _ = try await makeKey(try await other.admin())
        var turned = Array(key)
        turned[20] = turned[20] == "A" ? "B" : "A"
        // Well-formed, of the right tenant, and made by nobody.
        let forged = APIKey(tenant: tenant.id).text
        let elsewhere = APIKey(tenant: other.id).text
        for wrong in [String(turned), String(key.dropLast()), key + "A", "tnk_", "tnk_" + key, key.uppercased(), forged, elsewhere] {
            #expect(try await tenant.person(token: wrong).get("/admin/scripts").status == 401, "\(wrong)")
        }
        try await tenant.person(token: key).get("/admin/scripts").expect(200)
    }

    @Test func `a new key ends the former at once`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        let former = tenant.person(token: try await makeKey(admin))
        try await former.get("/admin/scripts").expect(200)
        let program = tenant.person(token: try await makeKey(admin))
        try await former.get("/admin/scripts").expect(401)
        try await program.get("/admin/scripts").expect(200)
    }

    @Test func `of keys made at the same time one is left`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        let keys = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    let key = try await makeKey(admin)
                    // In memory before it is replaced.
                    _ = try await tenant.person(token: key).get("/admin/scripts")
                    return key
                }
            }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        var good = 0
        for key in keys where try await tenant.person(token: key).get("/admin/scripts").status == 200 { good += 1 }
        #expect(good == 1)
    }

    @Test func `a key ends with its tenant and with its maker`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        let second = try await tenant.admin()
        let program = tenant.person(token: try await makeKey(admin))
        try await program.get("/admin/scripts").expect(200)
        let root = try await Person.systemAdmin()
        try await root.patch("/admin/tenants/\(tenant.id)", ["status": "suspended"]).expect(200)
        try await program.get("/admin/scripts").expect(401)
        try await root.patch("/admin/tenants/\(tenant.id)", ["status": "active"]).expect(200)
        try await program.get("/admin/scripts").expect(200)
        try await second.patch("/admin/users/\(admin.id)", ["roles": ["employer"]]).expect(200)
        try await program.get("/admin/scripts").expect(401)
    }

    @Test func `a system admin makes no key in another tenant`() async throws {
        let tenant = try await TestTenant()
        let root = try await Person.systemAdmin()
        try await root.post("/enterprise/api-key/regenerate", headers: ["X-Tenure-Tenant": tenant.id.description]).expect(403)
    }
}
