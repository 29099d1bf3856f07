import Foundation
import Kernel
import Postgres
import Testing

@testable import Administration
@testable import Worker

@Suite struct AdministrationTests {
    private static let acme: JSON = [
        "code": "acme", "name": "Acme", "plan": "premium", "host": "jobs.acme.example", "adminEmail": "Boss@Acme.example",
    ]

    @Test func `a new tenant can be found by code and host, and its first administrator is invited`() async throws {
        try await Office.open { office in
            let system = try await office.clerk(.systemAdmin)
            let created = try await system.post("/admin/tenants", Self.acme)
            #expect(created.failure == nil)
            let tenant = try #require(Identifier<Tenant>(created.data["id"]?.string ?? ""))
            #expect(created.data["plan"] == "premium")
            #expect(created.data["status"] == "active")
            let door = office.workshop.door
            let names = try await door.upkeep("SELECT name FROM tenant_names WHERE tenant_id = \(tenant) ORDER BY name")
            #expect(try names.map { try $0("name") as String } == ["acme", "jobs.acme.example"])
            let people = try await door.upkeep("SELECT email, roles, status FROM users WHERE tenant_id = \(tenant)")
            #expect(try people.map { try $0("email") as String } == ["boss@acme.example"])
            #expect(try people.map { try $0("roles") as [String] } == [["tenantAdmin"]])
            #expect(try people.map { try $0("status") as String } == ["invited"])
            let mails = try await door.upkeep("SELECT id FROM work WHERE tenant_id = \(tenant)")
            #expect(mails.count == 1)
            #expect(try await office.events("tenant.created", of: tenant).map { $0["tenant"]?["code"] } == ["acme"])
            let passages = try await door.upkeep("SELECT admin_id, purpose FROM operator_passages WHERE tenant_id = \(tenant)")
            #expect(try passages.map { try $0("admin_id") as Identifier<User> } == [system.id])
        }
    }

    @Test func `a code or host is one tenant's, and a refused tenant leaves nothing behind`() async throws {
        try await Office.open { office in
            let system = try await office.clerk(.systemAdmin)
            #expect(try await system.post("/admin/tenants", Self.acme).failure == nil)
            #expect(try await system.post("/admin/tenants", Self.acme).failure?.code == "TENANT_CODE_TAKEN")
            let sameHost: JSON = ["code": "other", "name": "Other", "host": "jobs.acme.example", "adminEmail": "a@b.example"]
            #expect(try await system.post("/admin/tenants", sameHost).failure?.code == "TENANT_HOST_TAKEN")
            #expect(try await system.get("/admin/tenants?search=other").items.isEmpty)
            #expect(try await system.get("/admin/tenants?search=ACM").items.map { $0["code"] } == ["acme"])
        }
    }

    @Test(arguments: ["Acme", "a", "-acme", "acme-", "ac me", "ac.me", String(repeating: "a", count: 41)])
    func `a bad code is refused by name`(_ code: String) async throws {
        try await Office.open { office in
            let answer = try await office.clerk(.systemAdmin).post(
                "/admin/tenants",
                ["code": .string(code), "name": "", "host": "localhost", "adminEmail": "nobody"]
            )
            #expect(Set(try #require(answer.failure).details.keys) == ["code", "name", "host", "adminEmail"])
        }
    }

    @Test func `a tenant is changed field by field, and its log names the fields`() async throws {
        try await Office.open { office in
            let system = try await office.clerk(.systemAdmin)
            let id = try #require(try await system.post("/admin/tenants", Self.acme).data["id"]?.string)
            let path = "/admin/tenants/\(id)"
            let settings: JSON = ["settings": ["colors": ["main": "red", "other": "blue"], "size": 3]]
            #expect(try await system.patch(path, settings).failure == nil)
            let patch: JSON = ["name": "Acme Ltd", "host": .null, "settings": ["colors": ["other": .null], "size": .null]]
            let changed = try await system.patch(path, patch)
            #expect(changed.data["name"] == "Acme Ltd")
            #expect(changed.data["host"] == nil)
            #expect(changed.data["settings"] == ["colors": ["main": "red"]])
            #expect(changed.data["plan"] == "premium")
            // Once more, and nothing happens.
            #expect(try await system.patch(path, patch).failure == nil)
            let log = try await office.events("tenant.changed", of: Identifier(id))
            #expect(log.map { $0["changed"] } == [["settings"], ["name", "host", "settings"]])
            #expect(try await system.get(path).data["usage"]?["users"] == 1)
        }
    }

    @Test func `a tenant is suspended and resumed, but not by somebody sitting in it`() async throws {
        try await Office.open(tenants: 2) { office in
            let system = try await office.clerk(.systemAdmin)
            let other = office.workshop.tenants[1]
            for status in ["suspended", "active"] as [JSON] {
                #expect(try await system.patch("/admin/tenants/\(other)", ["status": status]).data["status"] == status)
            }
            let own = try await system.patch("/admin/tenants/\(office.workshop.tenant)", ["status": "suspended"])
            #expect(own.failure?.code == "OWN_TENANT")
            #expect(try await system.get("/admin/tenants/\(Identifier<Tenant>())").failure?.code == "TENANT_NOT_FOUND")
        }
    }

    @Test func `only a system admin reaches tenants and the queue, only a tenant admin its people and log`() async throws {
        try await Office.open { office in
            let candidate = try await office.clerk(.candidate)
            let tenantAdmin = try await office.clerk(.tenantAdmin)
            let system = try await office.clerk(.systemAdmin)
            for path in ["/admin/tenants", "/admin/queue"] {
                for clerk in [candidate, tenantAdmin] { #expect(try await clerk.get(path).failure?.kind == .forbidden) }
            }
            for path in ["/admin/users", "/admin/audit", "/events"] {
                for clerk in [candidate, system] { #expect(try await clerk.get(path).failure?.kind == .forbidden) }
            }
        }
    }

    @Test func `people are searched by name, address, role and status, within the tenant`() async throws {
        try await Office.open(tenants: 2) { office in
            let admin = try await office.clerk(.tenantAdmin, email: "admin@example.com", firstName: "Zoe")
            for number in 1...3 { _ = try await office.clerk(.candidate, email: "grace\(number)@example.com", firstName: "Grace") }
            _ = try await office.clerk(.candidate, tenant: office.workshop.tenants[1], email: "grace9@example.com", firstName: "Grace")
            let found = try await admin.get("/admin/users?search=GRACE&limit=2")
            #expect(found.items.count == 2)
            #expect(found.data["pagination"]?["total"] == 3)
            #expect(try await admin.get("/admin/users?search=grace&page=9").data["pagination"]?["total"] == 3)
            #expect(try await admin.get("/admin/users?role=tenantAdmin").items.map { $0["email"] } == ["admin@example.com"])
            #expect(try await admin.get("/admin/users?status=deactivated").items.isEmpty)
            #expect(try await admin.get("/admin/users?search=%25").items.isEmpty)
            #expect(try await admin.get("/admin/users?role=king").failure?.kind == .validation)
        }
    }

    @Test func `roles and standing change, sessions end, and the log says so`() async throws {
        try await Office.open { office in
            let admin = try await office.clerk(.tenantAdmin)
            let user = try await office.clerk(.employer)
            let path = "/admin/users/\(user.id)"
            try await office.openSession(of: user)
            #expect(try await admin.patch(path, ["roles": ["employer", "tenantAdmin"]]).data["roles"] == ["employer", "tenantAdmin"])
            #expect(try await office.openSessions(of: user) == 1)
            #expect(try await admin.patch(path, ["status": "deactivated"]).data["status"] == "deactivated")
            #expect(try await office.openSessions(of: user) == 0)
            #expect(try await admin.patch(path, ["status": "active"]).data["status"] == "active")
            for name in ["user.roles_changed", "user.deactivated", "user.reactivated"] {
                #expect(try await office.events(name).count == 1, "\(name)")
            }
            #expect(try await office.events("user.roles_changed").first?["from"] == ["employer"])
        }
    }

    @Test func `the last tenant admin stays, whoever runs the installation is out of reach, and others are not there`() async throws {
        try await Office.open(tenants: 2) { office in
            let admin = try await office.clerk(.tenantAdmin)
            let system = try await office.clerk(.systemAdmin)
            let foreign = try await office.clerk(.tenantAdmin, tenant: office.workshop.tenants[1])
            let own = "/admin/users/\(admin.id)"
            #expect(try await admin.patch(own, ["roles": ["employer"]]).failure?.code == "LAST_ADMINISTRATOR")
            #expect(try await admin.patch(own, ["status": "deactivated"]).failure?.code == "LAST_ADMINISTRATOR")
            #expect(try await admin.patch(own, ["roles": []]).failure?.details["roles"] != nil)
            #expect(try await admin.patch(own, ["roles": ["systemAdmin"]]).failure?.kind == .validation)
            #expect(try await admin.patch("/admin/users/\(system.id)", ["status": "deactivated"]).failure?.code == "SYSTEM_ADMINISTRATOR")
            #expect(try await admin.patch("/admin/users/\(foreign.id)", ["status": "deactivated"]).failure?.code == "USER_NOT_FOUND")
        }
    }

    @Test func `of two admins who relieve each other at once one remains`() async throws {
        try await Office.open { office in
            let pair = [try await office.clerk(.tenantAdmin), try await office.clerk(.tenantAdmin)]
            let failures = try await withThrowingTaskGroup(of: Failure?.self) { group in
                for (number, admin) in pair.enumerated() {
                    group.addTask { try await admin.patch("/admin/users/\(pair[1 - number].id)", ["roles": ["employer"]]).failure }
                }
                return try await group.reduce(into: [Failure?]()) { $0.append($1) }
            }
            #expect(failures.compactMap { $0?.code } == ["LAST_ADMINISTRATOR"])
        }
    }

    @Test func `the audit is read backwards in stretches and by actor, subject, name and time`() async throws {
        try await Office.open(tenants: 2) { office in
            let admin = try await office.clerk(.tenantAdmin, firstName: "Zoe")
            let users = [try await office.clerk(.employer), try await office.clerk(.employer)]
            for user in users {
                for status in ["deactivated", "active"] as [JSON] {
                    _ = try await admin.patch("/admin/users/\(user.id)", ["status": status])
                }
            }
            let first = try await admin.get("/admin/audit?limit=3")
            #expect(first.items.map { $0["name"] } == ["user.reactivated", "user.deactivated", "user.reactivated"])
            #expect(first.items.first?["actor"]?["name"] == "Zoe Lovelace")
            let cursor = try #require(first.data["nextCursor"]?.string)
            let rest = try await admin.get("/admin/audit?limit=3&cursor=\(cursor)")
            #expect(rest.items.count == 1)
            #expect(rest.data["nextCursor"] == nil)
            #expect(try await admin.get("/admin/audit?name=user.deactivated").items.count == 2)
            #expect(try await admin.get("/admin/audit?subject=\(users[0].id)").items.count == 2)
            #expect(try await admin.get("/admin/audit?actor=\(admin.id)").items.count == 4)
            #expect(try await admin.get("/admin/audit?actor=\(users[0].id)").items.isEmpty)
            #expect(try await admin.get("/admin/audit?to=2020-01-01T00:00:00Z").items.isEmpty)
            #expect(try await admin.get("/admin/audit?from=2020-01-01T00:00:00Z").items.count == 4)
            #expect(try await admin.get("/admin/audit?from=yesterday&cursor=x").failure?.details.count == 2)
            let foreign = try await office.clerk(.tenantAdmin, tenant: office.workshop.tenants[1])
            #expect(try await foreign.get("/admin/audit").items.isEmpty)
        }
    }

    @Test func `the event log is read from a number on, without gaps, each event with its schema`() async throws {
        try await Office.open { office in
            let admin = try await office.clerk(.tenantAdmin)
            for _ in 1...5 { #expect(try await admin.post("/notifications/test").failure == nil) }
            #expect(try await admin.get("/events").items.isEmpty)
            try await Sequencer(door: office.workshop.door).number()
            let log = try await admin.get("/events?limit=3")
            #expect(log.items.map { $0["sequence"] } == [1, 2, 3])
            #expect(log.items.first?["schema"] == "NotificationSent")
            #expect(log.items.first?["hash"]?.string?.count == 64)
            #expect(log.data["next"] == 3)
            let rest = try await admin.get("/events?after=3")
            #expect(rest.items.map { $0["sequence"] } == [4, 5])
            #expect(try await admin.get("/events?after=5").data["next"] == 5)
        }
    }

    @Test func `dead work is shown with its error, and retried once`() async throws {
        try await Office.open(tenants: 2) { office in
            let system = try await office.clerk(.systemAdmin)
            let id = try await office.bury("tests.failing", error: "no route")
            let queue = try await system.get("/admin/queue?name=tests.failing")
            guard case .array(let failures)? = queue.data["failures"], case .array(let depth)? = queue.data["depth"] else {
                Issue.record("no lists")
                return
            }
            #expect(failures.map { $0["id"] } == [.string(id.description)])
            #expect(failures.map { $0["error"] } == ["no route"])
            #expect(depth.contains { $0["name"] == "tests.failing" && $0["state"] == "dead" && $0["pieces"] == 1 })
            #expect(try await system.get("/admin/queue?tenantId=\(office.workshop.tenants[1])").data["failures"] == [])
            #expect(try await system.post("/admin/queue/\(id)/retry").data["name"] == "tests.failing")
            #expect(try await system.post("/admin/queue/\(id)/retry").failure?.code == "WORK_NOT_FOUND")
            let rows = try await office.workshop.queue("tests.failing")
            #expect(rows.map(\.state) == ["waiting"])
            #expect(rows.map(\.attempts) == [0])
        }
    }

    @Test func `dead work whose key waits again already is not doubled`() async throws {
        try await Office.open { office in
            let system = try await office.clerk(.systemAdmin)
            let id = try await office.bury("tests.failing", error: "no route", key: "one")
            _ = try await office.bury("tests.failing", error: "waits", key: "one", state: "waiting")
            #expect(try await system.post("/admin/queue/\(id)/retry").failure?.code == "WORK_ALREADY_WAITS")
        }
    }
}

extension Office {
    fileprivate func openSession(of user: Clerk) async throws {
        let now = Date()
        _ = try await workshop.door.upkeep(
            """
            INSERT INTO sessions (tenant_id, id, user_id, user_agent, address, created_at, last_used_at)
            VALUES (\(workshop.tenant), \(Identifier<Session>()), \(user.id), 'test', '', \(now), \(now))
            """
        )
    }

    fileprivate func openSessions(of user: Clerk) async throws -> Int {
        try await workshop.door.upkeep("SELECT id FROM sessions WHERE user_id = \(user.id) AND revoked_at IS NULL").count
    }

    fileprivate func bury(_ name: String, error: String, key: String? = nil, state: String = "dead") async throws -> Identifier<WorkRecord>
    {
        let id = Identifier<WorkRecord>()
        let now = Date()
        _ = try await workshop.door.upkeep(
            """
            INSERT INTO work (tenant_id, id, name, payload, unique_key, state, attempts, run_at, last_error, created_at)
            VALUES (\(workshop.tenant), \(id), \(name), '{}', \(key), \(state), 3, \(now), \(error), \(now))
            """
        )
        return id
    }
}
