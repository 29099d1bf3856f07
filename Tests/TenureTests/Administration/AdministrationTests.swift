import Foundation
import Kernel
import Postgres
import Testing

/// Tenants, people, the log and the queue, as administrators see them.
@Suite struct AdministrationTests {
    private static let password = TestServer.password

    @Test func `a new tenant can be found by code and host, and its first administrator is invited`() async throws {
        let root = try await Person.systemAdmin()
        let code = Self.unique()
        let body: JSON = [
            "code": .string(code), "name": "Acme", "plan": "premium", "host": .string("\(code).example.com"),
            "adminEmail": "Boss@Acme.example",
        ]
        let created = try await root.post("/admin/tenants", body).expect(201)
        #expect(created.data["plan"] == "premium")
        #expect(created.data["status"] == "active")
        let tenant = try #require(Identifier<Tenant>(created.id))
        let inspector = root.server.inspector
        let names = try await inspector.query("SELECT name FROM tenant_names WHERE tenant_id = \(tenant) ORDER BY name")
        #expect(try names.map { try $0("name") as String } == [code, "\(code).example.com"])
        let people = try await inspector.query("SELECT email, roles, status FROM users WHERE tenant_id = \(tenant)")
        #expect(try people.map { try $0("email") as String } == ["boss@acme.example"])
        #expect(try people.map { try $0("roles") as [String] } == [["tenantAdmin"]])
        #expect(try people.map { try $0("status") as String } == ["invited"])
        let passages = try await inspector.query("SELECT admin_id FROM operator_passages WHERE tenant_id = \(tenant)")
        #expect(try passages.map { try $0("admin_id") as Identifier<User> } == [try #require(Identifier(root.id))])
        // People can register in it at once.
        let visitor = Person(server: root.server, tenant: code)
        try await visitor.post("/auth/register", Self.registration(code)).expect(201)
    }

    @Test func `a code or host is one tenant's, and a refused tenant leaves nothing behind`() async throws {
        let root = try await Person.systemAdmin()
        let (code, other) = (Self.unique(), Self.unique())
        let host = JSON.string("\(code).example.com")
        let body: JSON = ["code": .string(code), "name": "Acme", "host": host, "adminEmail": "a@b.example"]
        try await root.post("/admin/tenants", body).expect(201)
        #expect(try await root.post("/admin/tenants", body).expect(409).code == "TENANT_CODE_TAKEN")
        let sameHost: JSON = ["code": .string(other), "name": "Other", "host": host, "adminEmail": "a@b.example"]
        #expect(try await root.post("/admin/tenants", sameHost).expect(409).code == "TENANT_HOST_TAKEN")
        #expect(try await root.get("/admin/tenants?search=\(other)").expect(200).data.items.isEmpty)
        let found = try await root.get("/admin/tenants?search=\(code.uppercased())").expect(200)
        #expect(found.data.items.map { $0["code"] } == [.string(code)])
    }

    @Test(arguments: ["Acme", "a", "-acme", "acme-", "ac me", "ac.me", String(repeating: "a", count: 41)])
    func `a bad code is refused, and all bad fields are named`(_ code: String) async throws {
        let root = try await Person.systemAdmin()
        let bad: JSON = ["code": .string(code), "name": "", "host": "localhost", "adminEmail": "nobody"]
        let answer = try await root.post("/admin/tenants", bad).expect(400)
        for field in ["code", "name", "host", "adminEmail"] { #expect(answer.details[field] != nil, "\(field)") }
    }

    @Test func `a tenant is changed field by field, and its log names the fields`() async throws {
        let root = try await Person.systemAdmin()
        let tenant = try await TestTenant()
        let path = "/admin/tenants/\(tenant.id)"
        try await root.patch(path, ["host": .string("\(tenant.code).example.com")]).expect(200)
        try await root.patch(path, ["settings": ["colors": ["main": "red", "other": "blue"], "size": 3]]).expect(200)
        let patch: JSON = ["name": "Acme Ltd", "host": .null, "settings": ["colors": ["other": .null], "size": .null]]
        let changed = try await root.patch(path, patch).expect(200)
        #expect(changed.data["name"] == "Acme Ltd")
        #expect(changed.data["host"]?.string == nil)
        #expect(changed.data["settings"]?["colors"] == ["main": "red"])
        #expect(changed.data["settings"]?["size"] == nil)
        let nonsense = try await root.patch(path, ["settings": ["employerSignUp": "maybe"]]).expect(400)
        #expect(nonsense.details["settings.employerSignUp"] != nil)
        #expect(changed.data["plan"] == "enterprise")
        // Once more, and nothing happens.
        try await root.patch(path, patch).expect(200)
        #expect(
            try await tenant.payloads("tenant.changed").map { $0["changed"] } == [["host"], ["settings"], ["name", "host", "settings"]]
        )
        let shown = try await root.get(path).expect(200).data
        #expect(shown["usage"]?["users"] == 1)
        let days = shown["activity"]?.items ?? []
        #expect(days.count == 30)
        #expect(days.reduce(0) { $0 + ($1["events"]?.int ?? 0) } == shown["usage"]?["events"]?.int)
        let large: JSON = ["settings": ["blob": .string(String(repeating: "x", count: 20_000))]]
        #expect(try await root.patch(path, large).expect(400).details["settings"] != nil)
    }

    @Test func `suspending a tenant shuts everybody out at once, and resuming lets them in again`() async throws {
        let root = try await Person.systemAdmin()
        let tenant = try await TestTenant()
        let candidate = try await tenant.candidate()
        let path = "/admin/tenants/\(tenant.id)"
        try await root.patch(path, ["status": "suspended"]).expect(200)
        let signIn: JSON = ["email": .string(candidate.email), "password": .string(Self.password), "tenantCode": .string(tenant.code)]
        #expect(try await candidate.get("/users/me").status != 200)
        try await tenant.visitor().post("/auth/login", signIn).expect(403)
        try await root.patch(path, ["status": "active"]).expect(200)
        try await candidate.get("/users/me").expect(200)
        try await tenant.visitor().post("/auth/login", signIn).expect(200)
        let own = try await root.server.inspector.query("SELECT id FROM tenants WHERE code = 'system'")[0]("id") as Identifier<Tenant>
        #expect(try await root.patch("/admin/tenants/\(own)", ["status": "suspended"]).expect(409).code == "OWN_TENANT")
        try await root.get("/admin/tenants/\(Identifier<Tenant>())").expect(404)
    }

    @Test func `only a system admin reaches tenants and the queue, only a tenant admin its people and log`() async throws {
        let root = try await Person.systemAdmin()
        let tenant = try await TestTenant()
        let (candidate, admin) = (try await tenant.candidate(), try await tenant.admin())
        for path in ["/admin/tenants", "/admin/queue"] {
            for person in [candidate, admin] { try await person.get(path).expect(403) }
            try await tenant.visitor().get(path).expect(401)
        }
        for path in ["/admin/users", "/admin/audit", "/events"] {
            for person in [candidate, root] { try await person.get(path).expect(403) }
        }
    }

    @Test func `people are searched by name, address, role and status, within the tenant`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        for _ in 1...3 { _ = try await tenant.candidate("Hedy") }
        _ = try await TestTenant().candidate("Hedy")
        let found = try await admin.get("/admin/users?search=HEDY&limit=2").expect(200)
        #expect(found.data.items.count == 2)
        #expect(found.data["pagination"]?["total"] == 3)
        #expect(try await admin.get("/admin/users?search=hedy&page=9").expect(200).data["pagination"]?["total"] == 3)
        let admins = try await admin.get("/admin/users?role=tenantAdmin&status=active").expect(200)
        #expect(admins.data.items.map { $0["email"] } == [.string(admin.email)])
        #expect(try await admin.get("/admin/users?status=deactivated").expect(200).data.items.isEmpty)
        #expect(try await admin.get("/admin/users?search=%25").expect(200).data.items.isEmpty)
        #expect(try await admin.get("/admin/users?role=king").expect(400).details["role"] != nil)
    }

    @Test func `a deactivated person is out at once and may be let in again; the log says so`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        let employer = try await tenant.employer()
        let path = "/admin/users/\(employer.id)"
        let promoted = try await admin.patch(path, ["roles": ["employer", "tenantAdmin"]]).expect(200)
        #expect(promoted.data["roles"] == ["employer", "tenantAdmin"])
        try await employer.get("/admin/users").expect(200)
        try await admin.patch(path, ["roles": ["employer"]]).expect(200)
        try await employer.get("/admin/users").expect(403)
        try await admin.patch(path, ["status": "deactivated"]).expect(200)
        try await employer.get("/users/me").expect(401)
        try await admin.patch(path, ["status": "active"]).expect(200)
        let signIn: JSON = ["email": .string(employer.email), "password": .string(Self.password), "tenantCode": .string(tenant.code)]
        try await tenant.visitor().post("/auth/login", signIn).expect(200)
        #expect(try await tenant.payloads("user.roles_changed").map { $0["from"] } == [["employer"], ["employer", "tenantAdmin"]])
        for name in ["user.deactivated", "user.reactivated"] { #expect(try await tenant.payloads(name).count == 1, "\(name)") }
    }

    @Test func `the last tenant admin stays, roles beyond the tenant can't be given, and others are not found`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        let stranger = try await TestTenant().candidate()
        let own = "/admin/users/\(admin.id)"
        #expect(try await admin.patch(own, ["roles": ["employer"]]).expect(409).code == "LAST_ADMINISTRATOR")
        #expect(try await admin.patch(own, ["status": "deactivated"]).expect(409).code == "LAST_ADMINISTRATOR")
        #expect(try await admin.patch(own, ["roles": []]).expect(400).details["roles"] != nil)
        try await admin.patch(own, ["roles": ["systemAdmin"]]).expect(400)
        try await admin.patch(own, ["status": "deleted"]).expect(400)
        try await admin.patch("/admin/users/\(stranger.id)", ["status": "deactivated"]).expect(404)
    }

    @Test func `of two admins who remove each other at once one remains`() async throws {
        let tenant = try await TestTenant()
        let pair = [try await tenant.admin(), try await tenant.admin()]
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for (number, admin) in pair.enumerated() {
                group.addTask { try await admin.patch("/admin/users/\(pair[1 - number].id)", ["roles": ["employer"]]).status }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.count { $0 == 200 } == 1, "\(statuses)")
    }

    @Test func `the audit is read backwards in pages, and by actor, subject, name and time`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        let users = [try await tenant.employer(), try await tenant.employer()]
        for user in users {
            for status in ["deactivated", "active"] as [JSON] {
                try await admin.patch("/admin/users/\(user.id)", ["status": status]).expect(200)
            }
        }
        let byAdmin = "/admin/audit?actor=\(admin.id)&subject="
        let first = try await admin.get("/admin/audit?limit=3").expect(200)
        #expect(first.data.items.map { $0["name"] } == ["user.reactivated", "user.deactivated", "user.reactivated"])
        #expect(first.data.items.first?["actor"]?["name"] == "Tenant Tester")
        let cursor = try #require(first.data["nextCursor"]?.string)
        let next = try await admin.get("/admin/audit?limit=1&cursor=\(cursor)").expect(200)
        #expect(next.data.items.map { $0["name"] } == ["user.deactivated"])
        #expect(try await admin.get("/admin/audit?name=user.deactivated").expect(200).data.items.count == 2)
        #expect(try await admin.get(byAdmin + users[0].id).expect(200).data.items.count == 2)
        #expect(try await admin.get("/admin/audit?name=user.deactivated&actor=\(users[0].id)").expect(200).data.items.isEmpty)
        #expect(try await admin.get("/admin/audit?to=2020-01-01T00:00:00Z").expect(200).data.items.isEmpty)
        #expect(try await !admin.get("/admin/audit?from=2020-01-01T00:00:00Z").expect(200).data.items.isEmpty)
        let bad = try await admin.get("/admin/audit?from=yesterday&cursor=x").expect(400)
        for field in ["from", "cursor"] { #expect(bad.details[field] != nil, "\(field)") }
        let foreign = try await TestTenant().admin()
        #expect(try await foreign.get("/admin/audit?subject=\(users[0].id)").expect(200).data.items.isEmpty)
    }

    @Test func `the event log is read from a number on, without gaps, each event with its schema`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        for _ in 1...5 { try await admin.post("/notifications/test").expect(201) }
        try await eventually { try await tenant.unnumbered() == 0 }
        let log = try await admin.get("/events?limit=1000").expect(200)
        let count = log.data.items.count
        #expect(log.data.items.map { $0["sequence"] } == (1...count).map { .integer($0) })
        #expect(log.data["next"] == .integer(count))
        #expect(log.data.items.allSatisfy { $0["hash"]?.string?.count == 64 })
        #expect(log.data.items.last?["schema"] == "NotificationSent")
        let rest = try await admin.get("/events?after=\(count - 2)&limit=1").expect(200)
        #expect(rest.data.items.map { $0["sequence"] } == [.integer(count - 1)])
        let end = try await admin.get("/events?after=\(count)").expect(200)
        #expect(end.data.items.isEmpty)
        #expect(end.data["next"] == .integer(count))
    }

    @Test func `dead work is shown with its error, and retried once`() async throws {
        let root = try await Person.systemAdmin()
        let tenant = try await TestTenant()
        let name = "tests.\(tenant.code)"
        let id = try await tenant.leave(name, state: "dead", error: "no route")
        let queue = try await root.get("/admin/queue?name=\(name)").expect(200)
        let failures = queue.data["failures"]?.items ?? []
        #expect(failures.map { $0["id"] } == [.string(id)])
        #expect(failures.map { $0["error"] } == ["no route"])
        let depth = queue.data["depth"]?.items ?? []
        #expect(depth.contains { $0["name"] == .string(name) && $0["state"] == "dead" && $0["pieces"] == 1 })
        let ofAnother = try await root.get("/admin/queue?name=\(name)&tenantId=\(TestTenant().id)").expect(200)
        #expect(ofAnother.data["failures"]?.items.isEmpty == true)
        let retried = try await root.post("/admin/queue/\(id)/retry").expect(200)
        #expect(retried.data["name"] == .string(name))
        #expect(try await root.post("/admin/queue/\(id)/retry").expect(404).code == "WORK_NOT_FOUND")
        let row = try #require(try await root.server.inspector.query("SELECT state, attempts FROM work WHERE name = \(name)").first)
        #expect(try row("state") == "waiting")
        #expect(try row("attempts") == 0)
    }

    @Test func `the log names the rule that acted`() async throws {
        let shop = try await RuleShop()
        try await shop.publish(#"on("application.submitted", function(event) event.application:tag("seen") end)"#, name: "tagger")
        _ = try await shop.job.application()
        try await eventually {
            let tagged = try await shop.admin.get("/admin/audit?name=application.tagged").expect(200).items.first
            return tagged?["actor"]?["name"] == "tagger"
        }
    }

    @Test func `a long list of dead work is read on from where it ended`() async throws {
        let tenant = try await TestTenant()
        let root = try await Person.systemAdmin()
        var left: Set<String> = []
        for _ in 1...5 { left.insert(try await tenant.leave("tests.\(tenant.code)", state: "dead", error: "no route").description) }
        var cursor = ""
        repeat {
            let answer = try await root.get("/admin/queue?name=tests.\(tenant.code)&limit=2\(cursor)").expect(200).data
            for piece in answer["failures"]?.items ?? [] { left.remove(piece["id"]?.string ?? "") }
            cursor = answer["nextCursor"]?.string.map { "&cursor=\($0)" } ?? ""
        } while !cursor.isEmpty
        #expect(left.isEmpty)
    }

    @Test func `dead work whose key is already waiting again is not duplicated`() async throws {
        let root = try await Person.systemAdmin()
        let tenant = try await TestTenant()
        let id = try await tenant.leave("tests.\(tenant.code)", state: "dead", key: "one")
        _ = try await tenant.leave("tests.\(tenant.code)", state: "waiting", key: "one")
        #expect(try await root.post("/admin/queue/\(id)/retry").expect(409).code == "WORK_ALREADY_WAITS")
    }

    private static func unique() -> String { "a" + UUID().uuidString.lowercased().filter(\.isHexDigit).prefix(14) }

    private static func registration(_ code: String) -> JSON {
        [
            "email": "first@example.com", "password": .string(password), "firstName": "Ada", "lastName": "Tester", "role": "candidate",
            "tenantCode": .string(code),
        ]
    }
}

extension TestTenant {
    /// The payloads of the events with one name, in order.
    fileprivate func payloads(_ name: String) async throws -> [JSON] {
        try await server.inspector.query("SELECT payload FROM events WHERE tenant_id = \(id) AND name = \(name) ORDER BY id")
            .map { try JSON(parsing: $0.raw("payload") ?? []) }
    }

    fileprivate func unnumbered() async throws -> Int {
        try await server.inspector.query("SELECT id FROM events WHERE tenant_id = \(id) AND sequence IS NULL").count
    }

    /// A work item that no handler knows.
    fileprivate func leave(_ name: String, state: String, error: String? = nil, key: String? = nil) async throws -> String {
        let piece = Identifier<TestTenant>()
        let now = Date()
        _ = try await server.inspector.query(
            """
            INSERT INTO work (tenant_id, id, name, payload, unique_key, state, attempts, run_at, last_error, created_at)
            VALUES (\(id), \(piece), \(name), '{}', \(key), \(state), 3, \(now), \(error), \(now))
            """
        )
        return piece.description
    }
}
