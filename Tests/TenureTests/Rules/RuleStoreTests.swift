import Foundation
import Kernel
import Postgres
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

    @Test func `a schedule by the clock follows the tenant's time zone`() async throws {
        let shop = try await RuleShop()
        try await shop.admin.patch("/admin/settings", ["timeZone": "Asia/Tokyo"]).expect(200)
        try await shop.publish(#"every("1w", { at = "07:30", on = "monday" }, function() log("morning") end)"#)
        func next() async throws -> (zone: String, components: DateComponents) {
            let schedule = try #require(try await shop.admin.get("/admin/schedules").expect(200).items.first)
            #expect(schedule["interval"] == "1w at 07:30 on monday")
            let text = try #require(schedule["nextRunAt"]?.string)
            let date = try #require(try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))))
            #expect(date > Date.now)
            let zone = try #require(try await shop.admin.get("/admin/settings").expect(200).data["timeZone"]?.string)
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = try #require(TimeZone(identifier: zone))
            return (zone, calendar.dateComponents([.weekday, .hour, .minute], from: date))
        }
        let tokyo = try await next()
        #expect(tokyo.zone == "Asia/Tokyo")
        #expect(tokyo.components == DateComponents(hour: 7, minute: 30, weekday: 2))
        try await shop.admin.patch("/admin/settings", ["timeZone": "America/New_York"]).expect(200)
        let newYork = try await next()
        #expect(newYork.zone == "America/New_York")
        #expect(newYork.components == DateComponents(hour: 7, minute: 30, weekday: 2))
        let refused = try await shop.admin.patch("/admin/settings", ["timeZone": "Mars/Olympus"]).expect(400)
        #expect(refused.details["timeZone"] != nil)
    }

    /// What is due next, after which time, from the last time, in days a step, at which time, on which days, in which zone.
    @Test(
        arguments: [
            // The clocks go forward and back in Berlin on 29 March and 25 October 2026.
            ("2026-03-29T05:30:00Z", "2026-03-28T07:00:00Z", "2026-03-28T06:30:00Z", 1, "07:30", nil, "Europe/Berlin"),
            ("2026-10-25T06:30:00Z", "2026-10-24T06:00:00Z", "2026-10-24T05:30:00Z", 1, "07:30", nil, "Europe/Berlin"),
            // Friday's, after Friday's, is Monday's.
            ("2026-11-30T07:30:00Z", "2026-11-27T08:00:00Z", "2026-11-27T07:30:00Z", 1, "07:30", "{1,2,3,4,5}", "UTC"),
            ("2026-12-07T07:30:00Z", "2026-11-30T08:00:00Z", "2026-11-30T07:30:00Z", 7, "07:30", "{1}", "UTC"),
            // After an outage of weeks, on its own day.
            ("2026-12-07T07:30:00Z", "2026-12-02T08:00:00Z", "2026-11-09T07:30:00Z", 14, "07:30", nil, "UTC"),
            // The first: today if there is still time, and tomorrow if not.
            ("2026-11-27T20:00:00Z", "2026-11-27T19:00:00Z", nil, 1, "20:00", nil, "UTC"),
            ("2026-11-28T20:00:00Z", "2026-11-27T20:00:00Z", nil, 1, "20:00", nil, "UTC"),
            // A day that its steps never reach: from the first one that fits.
            ("2026-11-30T07:30:00Z", "2026-11-29T08:00:00Z", "2026-11-29T07:30:00Z", 7, "07:30", "{1}", "UTC"),
            // A zone that nobody knows, and none.
            ("2026-11-28T07:30:00Z", "2026-11-27T20:00:00Z", nil, 1, "07:30", nil, "Mars/Olympus"),
            ("2026-11-28T07:30:00Z", "2026-11-27T20:00:00Z", nil, 1, "07:30", nil, nil),
        ] as [(String, String, String?, Int, String, String?, String?)]
    )
    func `the next time by the clock`(
        expected: String,
        after: String,
        before: String?,
        step: Int,
        at: String,
        days: String?,
        zone: String?
    ) async throws {
        let tenant = try await TestTenant()
        let isRight = try await tenant.count(
            """
            SELECT count(*)
            WHERE next_local_run(\(after)::timestamptz, \(before)::timestamptz, \(step), \(at)::time, \(days)::smallint[], \(zone)) = \(expected)::timestamptz
            """
        )
        #expect(isRight == 1)
    }
}
