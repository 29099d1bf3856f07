import Foundation
import Kernel
import Testing

/// The rules' store and schedules, as administrators see them.
@Suite struct RuleStoreTests {
    @Test func `a value is set, read by its prefix, changed and deleted, and the log says so`() async throws {
        let shop = try await RuleShop()
        try await shop.admin.put("/admin/store", ["key": "limits/offer", "value": ["junior": 70000]]).expect(200)
        try await shop.admin.put("/admin/store", ["key": "limits/days", "value": 30]).expect(200)
        try await shop.admin.put("/admin/store", ["key": "other", "value": true]).expect(200)
        try await shop.admin.put("/admin/store", ["key": "limits/days", "value": 90]).expect(200)
        let found = try await shop.admin.get("/admin/store?prefix=limits/").expect(200).items
        #expect(found.compactMap { $0["key"]?.string } == ["limits/days", "limits/offer"])
        #expect(found.first?["value"]?.int == 90)
        try await shop.admin.delete("/admin/store", ["key": "other"]).expect(204)
        #expect(try await shop.admin.delete("/admin/store", ["key": "other"]).expect(404).code == "STORE_KEY_NOT_FOUND")
        let log = try await shop.admin.get("/admin/audit?name=store.changed").expect(200).items
        #expect(log.count == 5)
        #expect(log.first?["payload"]?["former"] == true)
    }

    @Test func `a long list is read on by its last key`() async throws {
        let shop = try await RuleShop()
        for number in 1...5 { try await shop.admin.put("/admin/store", ["key": .string("key \(number)"), "value": 1]).expect(200) }
        var keys: [String] = []
        var cursor = ""
        repeat {
            let answer = try await shop.admin.get("/admin/store?limit=2\(cursor)").expect(200)
            keys += answer.items.compactMap { $0["key"]?.string }
            cursor = answer.data["nextCursor"]?.string.map { "&cursor=\($0.replacing(" ", with: "%20"))" } ?? ""
        } while !cursor.isEmpty
        #expect(keys == (1...5).map { "key \($0)" })
    }

    @Test func `what doesn't fit is refused by its field`() async throws {
        let shop = try await RuleShop()
        #expect(try await shop.admin.put("/admin/store", ["key": "", "value": 1]).expect(400).details["key"] != nil)
        let long = String(repeating: "k", count: 257)
        #expect(try await shop.admin.put("/admin/store", ["key": .string(long), "value": 1]).expect(400).details["key"] != nil)
        #expect(try await shop.admin.put("/admin/store", ["key": "k", "value": .null]).expect(400).details["value"] != nil)
        let large = String(repeating: "v", count: 17000)
        let refused = try await shop.admin.put("/admin/store", ["key": "k", "value": .string(large)]).expect(409)
        #expect(refused.code == "RULE_STORE_VALUE_TOO_LARGE")
        #expect(try await shop.admin.get("/admin/store").expect(200).items.isEmpty)
    }

    @Test func `another tenant's values are not there`() async throws {
        let (shop, other) = (try await RuleShop(), try await RuleShop())
        try await shop.admin.put("/admin/store", ["key": "mine", "value": 1]).expect(200)
        #expect(try await other.admin.get("/admin/store").expect(200).items.isEmpty)
        try await other.admin.delete("/admin/store", ["key": "mine"]).expect(404)
    }

    @Test func `a schedule is listed while its rule is live`() async throws {
        let shop = try await RuleShop()
        #expect(try await shop.admin.get("/admin/schedules").expect(200).items.isEmpty)
        let script = try await shop.publish(#"every("1d", function() log("morning") end) every("15m", function() end)"#, name: "reminders")
        let schedules = try await shop.admin.get("/admin/schedules").expect(200).items
        #expect(schedules.compactMap { $0["interval"]?.string } == ["15m", "1d"])
        #expect(schedules.allSatisfy { $0["scriptName"] == "reminders" && $0["scriptId"]?.string == script.id && $0["lastRun"] == nil })
        #expect(schedules.last?["everySeconds"]?.int == 86400)
        try await shop.admin.post("/admin/scripts/\(script.id)/disable").expect(200)
        #expect(try await shop.admin.get("/admin/schedules").expect(200).items.isEmpty)
    }
}
