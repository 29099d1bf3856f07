import Foundation
import Kernel
import Postgres
import Testing

@testable import Notifications

@Suite struct NotificationsTests {
    @Test func `a role is everybody with it in the company that the subject belongs to`() async throws {
        try await Office.open { office in
            let (north, south) = (Identifier<Company>(), Identifier<Company>())
            let northern = [try await office.member(.recruiter, of: north), try await office.member(.recruiter, of: north)]
            let southern = try await office.member(.recruiter, of: south)
            let manager = try await office.member(.hiringManager, of: north)
            let admin = try await office.clerk(.tenantAdmin)
            let about: JSON = ["kind": "company", "id": .string(north.description)]
            let sent = try await admin.post("/notifications", ["role": "recruiter", "text": "Fast-tracked", "subject": about])
            #expect(sent.data["notified"] == 2)
            for recruiter in northern {
                let mine = try await recruiter.get("/notifications")
                #expect(mine.items.map { $0["text"] } == ["Fast-tracked"])
                #expect(mine.items.first?["subject"]?["kind"] == "company")
                #expect(mine.data["unread"] == 1)
            }
            for other in [southern, manager, admin] { #expect(try await other.get("/notifications").items.isEmpty) }
            // Without a subject it is the whole tenant's.
            #expect(try await admin.post("/notifications", ["role": "recruiter", "text": "All"]).data["notified"] == 3)
            #expect(try await admin.post("/notifications", ["role": "tenantAdmin", "text": "You"]).data["notified"] == 1)
            #expect(try await office.events("notification.sent").count == 3)
        }
    }

    @Test func `a member reaches colleagues only`() async throws {
        try await Office.open { office in
            let (north, south) = (Identifier<Company>(), Identifier<Company>())
            let sender = try await office.member(.recruiter, of: north)
            let colleague = try await office.member(.hiringManager, of: north)
            let stranger = try await office.member(.recruiter, of: south)
            func notify(_ user: Clerk) async throws -> Failure? {
                try await sender.post("/notifications", ["user": .string(user.id.description), "text": "Hello"]).failure
            }
            #expect(try await notify(colleague) == nil)
            #expect(try await notify(stranger)?.details["user"] != nil)
            #expect(try await sender.post("/notifications", ["role": "recruiter", "text": "Hello"]).data["notified"] == 1)
            #expect(try await stranger.get("/notifications").items.isEmpty)
            let candidate = try await office.clerk(.candidate)
            #expect(try await candidate.post("/notifications", ["role": "recruiter", "text": "Hire me"]).failure?.kind == .forbidden)
        }
    }

    @Test func `a rule's words are about what its event was about`() async throws {
        try await Office.open { office in
            let company = Identifier<Company>()
            let recruiter = try await office.member(.recruiter, of: company)
            let admin = try await office.clerk(.tenantAdmin)
            let about: JSON = ["kind": "company", "id": .string(company.description)]
            #expect(try await admin.post("/notifications", ["role": "recruiter", "text": "One", "subject": about]).failure == nil)
            let event = try #require(try await office.workshop.door.upkeep("SELECT id FROM events").first)
            let rule = Caller(
                tenant: office.workshop.tenant,
                actor: .rule(UUID()),
                reach: .wholeTenant(Role.tenantAdmin.permissions),
                cause: try event("id"),
                depth: 1
            )
            let sent = try await Clerk(operations: office.operations, id: recruiter.id, caller: rule)
                .post("/notifications", ["role": "recruiter", "text": "Two"])
            #expect(sent.data["notified"] == 1)
            let newest = try #require(try await recruiter.get("/notifications").items.first)
            #expect(newest["text"] == "Two")
            #expect(newest["subject"]?["id"] == .string(company.description))
        }
    }

    @Test func `unread ones come first, and reading is mine alone`() async throws {
        try await Office.open { office in
            let admin = try await office.clerk(.tenantAdmin)
            let other = try await office.clerk(.tenantAdmin)
            for text in ["one", "two", "three"] as [JSON] {
                let body: JSON = ["user": .string(admin.id.description), "text": text]
                #expect(try await admin.post("/notifications", body).failure == nil)
            }
            let newest = try #require(try await admin.get("/notifications").items.first)
            #expect(newest["text"] == "three")
            let path = "/notifications/\(try #require(newest["id"]?.string))/read"
            #expect(try await other.patch(path).failure?.code == "NOTIFICATION_NOT_FOUND")
            let readAt = try await admin.patch(path).data["readAt"]
            #expect(readAt != nil)
            #expect(try await admin.patch(path).data["readAt"] == readAt)
            let list = try await admin.get("/notifications?limit=2")
            #expect(list.items.map { $0["text"] } == ["two", "one"])
            #expect(list.data["unread"] == 2)
            #expect(list.data["pagination"]?["total"] == 3)
            #expect(try await admin.post("/notifications/read-all").data["marked"] == 2)
            #expect(try await admin.post("/notifications/read-all").data["marked"] == 0)
        }
    }

    @Test func `one names either a role or a user, and some words`() async throws {
        try await Office.open { office in
            let admin = try await office.clerk(.tenantAdmin)
            #expect(try await admin.post("/notifications", ["text": "x"]).failure?.kind == .validation)
            let both: JSON = ["text": "x", "role": "recruiter", "user": .string(admin.id.description)]
            #expect(try await admin.post("/notifications", both).failure?.kind == .validation)
            let bad = try await admin.post("/notifications", ["role": "king", "text": "", "title": "?"])
            #expect(Set(try #require(bad.failure).details.keys) == ["role", "text", "title"])
            #expect(try await admin.post("/notifications", ["role": "recruiter", "text": "Nobody"]).data["notified"] == 0)
        }
    }
}
