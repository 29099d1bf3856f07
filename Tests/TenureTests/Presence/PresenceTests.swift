import Foundation
import Kernel
import Testing

/// Who is here, through the API and Redis.
@Suite struct PresenceTests {
    @Test func `a user who sends heartbeats is here, for their own tenant`() async throws {
        let tenant = try await TestTenant()
        let (ada, grace) = (try await tenant.candidate().inPool(), try await tenant.company().admin)
        #expect(try await grace.get("/users/\(ada.id)/presence").expect(200).data["state"] == "offline")
        try await ada.post("/users/me/heartbeat").expect(200)
        let seen = try await grace.get("/users/\(ada.id)/presence").expect(200)
        #expect(seen.data["state"] == "online")
        #expect(seen.data["lastActiveAt"] != nil)
        try await ada.post("/users/me/heartbeat", ["state": "away"]).expect(200)
        #expect(try await grace.get("/users/\(ada.id)/presence").data["state"] == "away")
        #expect(try await TestTenant().employer().get("/users/\(ada.id)/presence").status == 404)
    }

    @Test func `many are asked for at once, and strangers are left out`() async throws {
        let tenant = try await TestTenant()
        let (ada, grace) = (try await tenant.candidate().inPool(), try await tenant.company().admin)
        let stranger = try await TestTenant().candidate()
        try await stranger.post("/users/me/heartbeat").expect(200)
        try await ada.post("/users/me/heartbeat").expect(200)
        let ids = [ada.id, grace.id, stranger.id, Identifier<User>().description].joined(separator: ",")
        let seen = try await grace.get("/presence/users?ids=\(ids)").expect(200)
        #expect(seen.items.map { $0["userId"]?.string } == [ada.id, grace.id])
        #expect(seen.items.map { $0["state"] } == ["online", "offline"])
    }

    @Test func `bad ids and states are reported`() async throws {
        let ada = try await TestTenant().candidate()
        #expect(try await ada.get("/presence/users?ids=1,2").expect(400).details["ids.0"] != nil)
        #expect(try await ada.get("/presence/users").expect(400).details["ids"] != nil)
        let many = (0..<201).map { _ in Identifier<User>().description }.joined(separator: ",")
        #expect(try await ada.get("/presence/users?ids=\(many)").expect(400).details["ids"] != nil)
        #expect(try await ada.post("/users/me/heartbeat", ["state": "asleep"]).expect(400).details["state"] != nil)
    }
}
