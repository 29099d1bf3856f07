import Foundation
import Kernel
import Postgres
import Testing

/// Who is told what, and who has read it.
@Suite struct NotificationsTests {
    @Test func `a role is everybody with it in the company that the subject belongs to`() async throws {
        let tenant = try await TestTenant()
        let (north, south) = (try await tenant.company("Northwind"), try await tenant.company("Southwind"))
        let northern = [try await north.recruiter(), try await north.recruiter()]
        let (southern, manager, admin) = (try await south.recruiter(), try await north.member("hiringManager"), try await tenant.admin())
        let application = try await north.job().application()
        let before = try await admin.unread()
        let about: JSON = ["kind": "application", "id": .string(application.id)]
        let body: JSON = ["role": "recruiter", "text": "Fast-tracked", "subject": about]
        #expect(try await admin.post("/notifications", body).expect(201).data["notified"] == 2)
        for recruiter in northern {
            let mine = try await recruiter.get("/notifications").expect(200)
            #expect(mine.data.items.map { $0["text"] } == ["Fast-tracked"])
            #expect(mine.data.items.first?["subject"] == about)
            #expect(mine.data["unread"] == 1)
        }
        for other in [southern, manager] { #expect(try await other.unread() == 0) }
        // Without a subject it goes to the whole tenant.
        #expect(try await admin.post("/notifications", ["role": "recruiter", "text": "All"]).expect(201).data["notified"] == 3)
        #expect(try await admin.post("/notifications", ["role": "tenantAdmin", "text": "You"]).expect(201).data["notified"] == 1)
        #expect(try await admin.unread() == before + 1)
        let log = try await admin.get("/admin/audit?name=notification.sent&subject=\(application.id)").expect(200)
        #expect(log.data.items.count == 1)
    }

    @Test func `a member reaches colleagues only, and a candidate nobody`() async throws {
        let tenant = try await TestTenant()
        let (north, south) = (try await tenant.company("Northwind"), try await tenant.company("Southwind"))
        let (sender, colleague, stranger) = (
            try await north.recruiter(), try await north.member("hiringManager"), try await south.recruiter()
        )
        func hello(_ person: Person) -> JSON { ["user": .string(person.id), "text": "Hello"] }
        try await sender.post("/notifications", hello(colleague)).expect(201)
        #expect(try await sender.post("/notifications", hello(stranger)).expect(400).details["user"] != nil)
        #expect(try await sender.post("/notifications", ["role": "recruiter", "text": "Hello"]).expect(201).data["notified"] == 1)
        #expect(try await stranger.unread() == 0)
        try await tenant.candidate().post("/notifications", ["role": "recruiter", "text": "Hire me"]).expect(403)
        let foreign = try await TestTenant().admin()
        try await foreign.post("/notifications", hello(sender)).expect(400)
    }

    @Test func `nobody writes into the history of another company's application`() async throws {
        let tenant = try await TestTenant()
        let (north, south) = (try await tenant.company("Northwind"), try await tenant.company("Southwind"))
        let application = try await south.job().application()
        let sender = try await north.recruiter()
        func about(_ kind: String, _ id: String) -> JSON {
            ["role": "recruiter", "text": "Not to be hired.", "subject": ["kind": .string(kind), "id": .string(id)]]
        }
        #expect(try await sender.post("/notifications", about("application", application.id)).expect(400).details["subject"] != nil)
        #expect(try await sender.post("/notifications", about("user", application.candidate.id)).expect(400).details["subject"] != nil)
        let nowhere = try await tenant.admin().post("/notifications", about("application", Identifier<Company>().description))
        #expect(nowhere.expect(400).details["subject"] != nil)
        let history = try await south.admin.get("/applications/\(application.id)/history").expect(200)
        #expect(history.items.allSatisfy { $0["event"] != "notification.sent" })
    }

    @Test func `unread ones come first, and each person reads their own`() async throws {
        let tenant = try await TestTenant()
        let (admin, other) = (try await tenant.admin(), try await tenant.admin())
        for text in ["one", "two", "three"] as [JSON] {
            try await other.post("/notifications", ["user": .string(admin.id), "text": text]).expect(201)
        }
        let newest = try #require(try await admin.get("/notifications").expect(200).data.items.first)
        #expect(newest["text"] == "three")
        let path = "/notifications/\(try #require(newest["id"]?.string))/read"
        try await other.patch(path, [:]).expect(404)
        let readAt = try #require(try await admin.patch(path, [:]).expect(200).data["readAt"]?.string)
        #expect(try await admin.patch(path, [:]).expect(200).data["readAt"] == .string(readAt))
        let list = try await admin.get("/notifications?limit=2").expect(200)
        #expect(list.data.items.map { $0["text"] } == ["two", "one"])
        #expect(list.data["unread"] == 2)
        #expect(list.data["pagination"]?["total"] == 3)
        #expect(try await admin.post("/notifications/read-all").expect(200).data["marked"] == 2)
        #expect(try await admin.post("/notifications/read-all").expect(200).data["marked"] == 0)
    }

    @Test func `one names either a role or a user, and some words`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        try await admin.post("/notifications", ["text": "x"]).expect(400)
        try await admin.post("/notifications", ["text": "x", "role": "recruiter", "user": .string(admin.id)]).expect(400)
        let bad = try await admin.post("/notifications", ["role": "king", "text": "", "title": "?"]).expect(400)
        for field in ["role", "text", "title"] { #expect(bad.details[field] != nil, "\(field)") }
        #expect(try await admin.post("/notifications", ["role": "recruiter", "text": "Nobody"]).expect(201).data["notified"] == 0)
    }

    @Test func `everybody is notified in the ways they want`() async throws {
        let tenant = try await TestTenant()
        let (sender, reader) = (try await tenant.admin(), try await tenant.admin())
        func ways(_ inApp: JSON, _ email: JSON) -> JSON { ["preferences": [["kind": "message", "inApp": inApp, "email": email]]] }
        func hello(_ text: String) async throws -> JSON? {
            let body: JSON = ["user": .string(reader.id), "text": .string(text)]
            return try await sender.post("/notifications", body).expect(201).data["notified"]
        }
        let before = try await reader.get("/notifications/preferences").expect(200)
        #expect(before.items.first { $0["kind"] == "message" } == ["kind": "message", "inApp": true, "email": false])
        #expect(try await hello("Both to come.") == 1)
        try await reader.put("/notifications/preferences", ways(false, true)).expect(200)
        let words = "By mail alone, \(UUID().uuidString)"
        #expect(try await hello(words) == 1)
        _ = try await tenant.server.letterbox.awaited(to: reader.email, containing: words)
        #expect(try await reader.unread() == 1)
        try await reader.put("/notifications/preferences", ways(false, false)).expect(200)
        #expect(try await hello("Not at all.") == 0)
        let log = try await sender.get("/admin/audit?name=notification.sent").expect(200)
        #expect(log.items.count == 2)
        // What is left out follows the profile again.
        try await reader.patch("/users/me", ["settings": ["notifications": ["email": true]]]).expect(200)
        let after = try await reader.put("/notifications/preferences", ["preferences": []]).expect(200)
        #expect(after.items.first { $0["kind"] == "message" } == ["kind": "message", "inApp": true, "email": true])
        #expect(try await reader.unread() == 1)
    }

    @Test func `preferences name each kind once, and only kinds that there are`() async throws {
        let ada = try await TestTenant().candidate()
        let twice: JSON = ["kind": "message", "inApp": true, "email": true]
        #expect(try await ada.put("/notifications/preferences", ["preferences": [twice, twice]]).expect(400).details["preferences"] != nil)
        let odd = try await ada.put("/notifications/preferences", ["preferences": [["kind": "smoke", "inApp": 1]]]).expect(400)
        for field in ["preferences.0.kind", "preferences.0.inApp", "preferences.0.email"] { #expect(odd.details[field] != nil, "\(field)") }
    }

    @Test func `a test notification reaches its sender`() async throws {
        let admin = try await TestTenant().admin()
        let sent = try await admin.post("/notifications/test").expect(201)
        #expect(sent.data["kind"] == "test")
        #expect(try await admin.get("/notifications").expect(200).data.items.first?["id"] == .string(sent.id))
    }

    @Test func `counting stops somewhere, and the pages go on`() async throws {
        let tenant = try await TestTenant()
        let ada = try await tenant.candidate()
        try await tenant.execute(
            """
            INSERT INTO notifications (tenant_id, id, user_id, kind, text, created_at)
            SELECT \(tenant.id), gen_random_uuid(), \(ada.id)::uuid, 'message', 'Hello.', now()
            FROM generate_series(1, 10050)
            """
        )
        let first = try await ada.get("/notifications?limit=100").expect(200)
        #expect(first.data["pagination"] == ["total": 1000, "page": 1, "limit": 100, "pages": 10, "isAtLeast": true])
        let last = try await ada.get("/notifications?limit=100&page=100").expect(200)
        #expect(last.items.count == 100)
        let cursor = try #require(last.data["nextCursor"]?.string)
        #expect(try await ada.get("/notifications?limit=100&cursor=\(cursor)").expect(200).items.count == 50)
    }
}

extension Person {
    fileprivate func unread() async throws -> Int {
        try #require(try await get("/notifications").expect(200).data["unread"]?.int)
    }
}
