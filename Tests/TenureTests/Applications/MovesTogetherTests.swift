import Foundation
import Kernel
import Postgres
import Testing

/// Many applications moved at once: seen before, told row by row, and taken back together.
@Suite struct MovesTogetherTests {
    private let company: TestCompany
    private let job: TestJob
    private let applications: [String]
    private var admin: Person { company.admin }
    private let path = "/applications/bulk-status"

    init() async throws {
        company = try await TestTenant().company()
        job = try await company.job()
        var made: [String] = []
        for _ in 0..<3 { made.append(try await job.application().id) }
        applications = made
    }

    private func statuses() async throws -> [String?] {
        var found: [String?] = []
        for id in applications { found.append(try await admin.get("/applications/\(id)").expect(200).data["status"]?.string) }
        return found
    }

    private func request(_ ids: [String], _ status: String, _ reason: JSON? = nil) -> JSON {
        var members: [String: JSON] = ["ids": .array(ids.map(JSON.string)), "status": .string(status)]
        members["reason"] = reason
        return .object(members)
    }

    @Test func `a preview says what the moves come to, row by row, and moves nothing`() async throws {
        let ids = applications + [Identifier<User>().description]
        let body = request(ids, "hired")
        let foreseen = try await admin.post("\(path)/preview", body).expect(200).items
        #expect(try await statuses() == ["applied", "applied", "applied"])
        let lived = try await admin.post(path, body).expect(200).items
        #expect(foreseen == lived)
        #expect(lived.map { $0["error"]?["field"]?.string } == ["status", "status", "status", "ids.3"])
        let fine = request(applications, "screening")
        #expect(try await admin.post("\(path)/preview", fine).items.allSatisfy { $0["moved"] == true && $0["group"] == nil })
        #expect(try await statuses() == ["applied", "applied", "applied"])
        #expect(try await admin.get("/applications/\(applications[0])/history").items.count == 1)
    }

    @Test func `a row's failure names the field that it is about`() async throws {
        try await admin.post(path, request(applications, "offer")).expect(200)
        let unknown = try await admin.post(path, request(applications, "nowhere")).expect(200).items
        #expect(unknown.allSatisfy { $0["error"]?["field"] == "status" && $0["error"]?["code"] == "VALIDATION_ERROR" })
        let unexplained = try await admin.post(path, request(applications, "hired")).expect(200).items
        #expect(unexplained.allSatisfy { $0["error"]?["field"] == "reason" })
    }

    @Test func `a rule's refusal is in the preview as in the moves`() async throws {
        let shop = try await RuleShop()
        let id = try await shop.job.application().id
        try await shop.publish(#"before("application.status_changing", function(event) return reject("Not today.") end)"#)
        let body = request([id], "screening")
        let foreseen = try await shop.job.company.admin.post("\(path)/preview", body).expect(200).items
        #expect(foreseen.first?["error"]?["message"] == "Not today.")
        #expect(try await shop.job.company.admin.post(path, body).expect(200).items == foreseen)
    }

    @Test func `moves made together are taken back together, once, but not what has moved on since`() async throws {
        try await admin.post(path, request(applications, "screening")).expect(200)
        let moved = try await admin.post(path, request(applications, "interview")).expect(200).items
        let groups = Set(moved.compactMap { $0["group"]?.string })
        #expect(groups.count == 1)
        try await admin.patch("/applications/\(applications[0])/status", ["status": "offer"]).expect(200)
        let group: JSON = ["group": .string(groups.first ?? "")]
        let undone = try await admin.post("\(path)/undo", group).expect(200).items
        #expect(undone.count { $0["moved"] == true } == 2)
        #expect(undone.first { $0["moved"] == false }?["id"]?.string == applications[0])
        #expect(undone.first { $0["moved"] == false }?["error"]?["code"] == "NOTHING_TO_UNDO")
        #expect(try await statuses() == ["offer", "screening", "screening"])
        let again = try await admin.post("\(path)/undo", group).expect(200).items
        #expect(again.allSatisfy { $0["moved"] == false })
    }

    @Test func `two who take moves back at once take them back once, and after an hour nobody does`() async throws {
        let moved = try await admin.post(path, request(applications, "screening")).expect(200).items
        let group: JSON = ["group": moved[0]["group"] ?? ""]
        async let first = admin.post("\(path)/undo", group).expect(200).items
        async let second = admin.post("\(path)/undo", group).expect(200).items
        let both = try await first + second
        #expect(both.count { $0["moved"] == true } == 3)
        let later = try await admin.post(path, request(applications, "screening")).expect(200).items
        let tenant = company.tenant
        try await tenant.execute("UPDATE events SET occurred_at = occurred_at - interval '61 minutes' WHERE tenant_id = \(tenant.id)")
        #expect(try await admin.post("\(path)/undo", ["group": later[0]["group"] ?? ""]).expect(409).code == "NOTHING_TO_UNDO")
        #expect(try await statuses() == ["screening", "screening", "screening"])
    }

    @Test func `nobody takes back what they can't see or move`() async throws {
        let moved = try await admin.post(path, request(applications, "screening")).expect(200).items
        let group: JSON = ["group": moved[0]["group"] ?? ""]
        let rival = try await company.tenant.company("Southwind")
        #expect(try await rival.admin.post("\(path)/undo", group).expect(409).code == "NOTHING_TO_UNDO")
        #expect(try await rival.admin.post("\(path)/preview", request(applications, "interview")).items.allSatisfy { $0["moved"] == false })
        try await rival.admin.post("\(path)/undo", ["group": "nonsense"]).expect(400)
        #expect(try await statuses() == ["screening", "screening", "screening"])
    }
}
