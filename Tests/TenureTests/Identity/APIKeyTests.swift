import Foundation
import Identity
import Kernel
import Postgres
import Testing

@testable import tenure

/// The keys that a tenant's own programs use.
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
        #expect(audit.contains("api_key.created") && !audit.contains(key))
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
        try await program.get("/users/me").expect(403)
        try await program.get("/enterprise/api-keys").expect(403)
        try await program.post("/enterprise/api-keys", ["name": "another", "scopes": ["rules:write"]]).expect(403)
        // With these a key could create people who would stay after it has ended.
        let neighbor = try await tenant.employer()
        try await program.patch("/admin/users/\(neighbor.id)", ["roles": ["tenantAdmin"]]).expect(403)
        let company = try await tenant.company()
        let invitation: JSON = ["email": .string(neighbor.email), "role": "companyAdmin"]
        try await program.post("/companies/\(company.id)/users", invitation).expect(403)
        try await program.patch("/companies/\(company.id)/users/\(company.admin.id)", ["role": "recruiter"]).expect(403)
    }

    @Test func `each program has a key of its own, with what it needs and as long as it may`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        let body: JSON = ["name": "Careers page", "scopes": ["jobs:read"], "expiresAt": "2099-01-01T00:00:00Z"]
        let made = try await admin.post("/enterprise/api-keys", body).expect(201)
        let page = tenant.person(token: try #require(made.data["key"]?.string))
        #expect(try await admin.post("/enterprise/api-keys", body).expect(409).code == "API_KEY_NAME_TAKEN")
        let rules = try await admin.key([.writeRules])
        try await page.get("/jobs").expect(200)
        try await page.get("/pipelines").expect(200)
        let refused = try await page.get("/admin/scripts").expect(403)
        #expect(refused.details["scope"] == "rules:read" && refused.message?.contains("rules:read") == true)
        try await page.post("/pipelines", ["name": "P", "stages": [["name": "A", "category": "applied"]]]).expect(403)
        // Writing includes reading.
        try await rules.get("/admin/scripts").expect(200)
        try await rules.get("/jobs").expect(403)
        let listed = try await admin.get("/enterprise/api-keys").expect(200)
        #expect(listed.items.map { $0["scopes"] } == [["jobs:read"], ["rules:write"]])
        #expect(listed.items.first?["expiresAt"] == "2099-01-01T00:00:00.000Z" && listed.items.first?["lastUsedAt"] != nil)
        #expect(!listed.json.text.contains(try #require(made.data["key"]?.string)))
        for (field, value) in [("scopes", []), ("scopes", ["jobs:all"]), ("expiresAt", "2020-01-01T00:00:00Z"), ("name", "")]
            as [(String, JSON)]
        {
            var members: [String: JSON] = ["name": "Odd", "scopes": ["jobs:read"]]
            members[field] = value
            let details = try await admin.post("/enterprise/api-keys", .object(members)).expect(400).details
            #expect(details.names.contains { $0.hasPrefix(field) }, "\(details.text)")
        }
    }

    @Test func `what happened to people is not for a key that is for rules alone`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        let rules = try await admin.key([.writeRules])
        let watcher = try await admin.key([.readRules, .readEvents])
        // The log numbers what happened a moment later.
        var event: JSON = .null
        try await eventually(within: .seconds(60)) {
            event = try await admin.get("/events").expect(200).items.first?["id"] ?? .null
            return event != .null
        }
        let body: JSON = ["source": "on('user.registered', function(event) error(event.user.id) end)", "eventId": event]
        #expect(try await rules.post("/admin/scripts/dry-run", body).expect(403).details["scope"] == "events:read")
        let script = try await admin.post("/admin/scripts", ["name": "r", "kind": "rule", "source": "local x = 1"]).expect(201)
        for path in ["/admin/scripts/\(script.id)/runs", "/admin/scripts/\(script.id)/replays"] {
            #expect(try await rules.get(path).expect(403).details["scope"] == "events:read")
            try await watcher.get(path).expect(200)
        }
    }

    @Test func `a revoked key, a rotated one and one that is over end at once, and the others stay`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        let stays = try await admin.key([.readRules])
        let made = try await admin.post("/enterprise/api-keys", ["name": "CI", "scopes": ["rules:read"]]).expect(201)
        let first = tenant.person(token: try #require(made.data["key"]?.string))
        try await first.get("/admin/scripts").expect(200)
        let rotated = try await admin.post("/enterprise/api-keys/\(made.id)/rotate").expect(200)
        let second = tenant.person(token: try #require(rotated.data["key"]?.string))
        #expect(rotated.data["name"] == "CI" && rotated.data["scopes"] == ["rules:read"])
        try await first.get("/admin/scripts").expect(401)
        try await second.get("/admin/scripts").expect(200)
        #expect(try await admin.post("/enterprise/api-keys/\(made.id)/rotate").expect(404).code == "API_KEY_NOT_FOUND")
        try await tenant.execute(
            "UPDATE api_keys SET expires_at = now() + interval '1.5 seconds' WHERE tenant_id = \(tenant.id) AND name = 'CI'"
        )
        tenant.server.composition.identity.standingChanged(try #require(Identifier<APIKey>(rotated.id)))
        // It is cached now, and ends there, too.
        try await second.get("/admin/scripts").expect(200)
        try await eventually { try await second.get("/admin/scripts").status == 401 }
        try await admin.delete("/enterprise/api-keys/\(rotated.id)").expect(204)
        try await admin.delete("/enterprise/api-keys/\(rotated.id)").expect(404)
        try await stays.get("/admin/scripts").expect(200)
        let audit = try await admin.get("/admin/audit?limit=10").expect(200).json.text
        for event in ["api_key.created", "api_key.regenerated", "api_key.revoked"] { #expect(audit.contains(event)) }
    }

    @Test func `a tenant's number of keys is limited`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        try await tenant.execute(
            """
            INSERT INTO api_keys (tenant_id, id, hash, name, prefix, scopes, user_id, created_at)
            SELECT \(tenant.id), gen_random_uuid(), decode(md5(n::text), 'hex'), 'key ' || n, 'tnk_', '{rules:read}', \(admin.id)::uuid, now()
            FROM generate_series(1, 50) n
            """
        )
        let body: JSON = ["name": "One more", "scopes": ["rules:read"]]
        #expect(try await admin.post("/enterprise/api-keys", body).expect(409).code == "TOO_MANY_API_KEYS")
        #expect(try await admin.post("/enterprise/api-key/regenerate").expect(409).code == "TOO_MANY_API_KEYS")
    }

    @Test func `a script that a program tries reads no more than its key may`() async throws {
        let shop = try await RuleShop()
        _ = try await shop.job.application()
        let body: JSON = [
            "source": #"on("application.rated", function() for _, a in ipairs(applications()) do log("seen " .. a.id) end end)"#,
            "event": "application.rated",
        ]
        let narrow = try await shop.admin.key([.writeRules])
        let wide = try await shop.admin.key([.writeRules, .readApplications])
        #expect(try await wide.post("/admin/scripts/dry-run", body).expect(200).json.text.contains("seen "))
        let tried = try await narrow.post("/admin/scripts/dry-run", body).expect(200).json.text
        #expect(!tried.contains("seen ") && tried.contains("applications:read"))
    }

    @Test func `an almost correct key is refused`() async throws {
        let tenant = try await TestTenant()
        let other = try await TestTenant()
        let key = try await makeKey(try await tenant.admin())
        _ = try await makeKey(try await other.admin())
        var turned = Array(key)
        turned[20] = turned[20] == "A" ? "B" : "A"
        // Well-formed, of the right tenant, but never issued.
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

    @Test func `of keys created at the same time one is left`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        let keys = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    let key = try await makeKey(admin)
                    // Cached before it is replaced.
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
