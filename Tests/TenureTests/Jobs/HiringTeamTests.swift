import Foundation
import Kernel
import Testing

/// Who works on a job: read and changed by those who manage jobs, with its history, and told to those who are added.
@Suite struct HiringTeamTests {
    private let company: TestCompany
    private let job: TestJob
    private let mate: Person
    private var admin: Person { company.admin }
    private var team: String { "/jobs/\(job.id)/team" }

    init() async throws {
        company = try await TestTenant().company()
        job = try await company.job()
        mate = try await company.recruiter()
    }

    private func roles(_ query: String = "") async throws -> [String: String] {
        let members = try await admin.get(team + query).expect(200).items
        return Dictionary(members.map { ($0["userId"]?.string ?? "", $0["role"]?.string ?? "") }, uniquingKeysWith: { first, _ in first })
    }

    @Test func `whoever opens a job is its recruiter, and others are added with a role`() async throws {
        #expect(try await roles() == [admin.id: "recruiter"])
        let added = try await admin.put("\(team)/\(mate.id)", ["role": "coordinator"]).expect(200)
        #expect(added.data["role"] == "coordinator" && added.data["addedBy"]?.string == admin.id)
        #expect(try await roles() == [admin.id: "recruiter", mate.id: "coordinator"])
        try await eventually {
            try await mate.get("/notifications").expect(200).items.contains { $0["text"]?.string?.contains("coordinator") ?? false }
        }
    }

    @Test func `another role ends the one before, and the history keeps both`() async throws {
        for role in ["coordinator", "interviewer", "interviewer"] {
            try await admin.put("\(team)/\(mate.id)", ["role": .string(role)]).expect(200)
        }
        #expect(try await roles()[mate.id] == "interviewer")
        try await admin.delete("\(team)/\(mate.id)").expect(204)
        #expect(try await admin.delete("\(team)/\(mate.id)").expect(404).code == "NOT_ON_TEAM")
        #expect(try await roles()[mate.id] == nil)
        let past = try await admin.get(team + "?past=true").expect(200).items.filter { $0["userId"]?.string == mate.id }
        #expect(past.map { $0["role"]?.string } == ["interviewer", "coordinator"])
        #expect(past.allSatisfy { $0["endedAt"]?.string != nil && $0["endedBy"]?.string == admin.id })
    }

    @Test func `only people of the company are put on a team, and only by those who manage its jobs`() async throws {
        let stranger = try await company.tenant.candidate()
        let refused = try await admin.put("\(team)/\(stranger.id)", ["role": "interviewer"]).expect(400)
        #expect(refused.json["error"]?["details"]?["userId"] != nil)
        let manager = try await company.member("hiringManager")
        try await manager.get(team).expect(200)
        try await manager.put("\(team)/\(mate.id)", ["role": "interviewer"]).expect(403)
        let rival = try await company.tenant.company("Southwind")
        try await rival.admin.get(team).expect(404)
        try await rival.admin.put("\(team)/\(rival.admin.id)", ["role": "recruiter"]).expect(404)
        try await rival.admin.delete("\(team)/\(admin.id)").expect(404)
    }

    @Test func `added many times at once, somebody has one role`() async throws {
        let (admin, team, mate) = (admin, team, mate)
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<8 {
                let role: JSON = number % 2 == 0 ? "coordinator" : "interviewer"
                group.addTask { try await admin.put("\(team)/\(mate.id)", ["role": role]).status }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(statuses.allSatisfy { $0 == 200 })
        #expect(try await admin.get(team).items.count { $0["userId"]?.string == mate.id } == 1)
    }

    @Test func `who leaves the company leaves its teams, and isn't on them again when they come back`() async throws {
        try await admin.put("\(team)/\(mate.id)", ["role": "recruiter"]).expect(200)
        try await admin.patch("/companies/\(company.id)/users/\(mate.id)", ["status": "deactivated"]).expect(200)
        #expect(try await roles()[mate.id] == nil)
        try await admin.patch("/companies/\(company.id)/users/\(mate.id)", ["status": "active"]).expect(200)
        try await company.accepts(mate)
        #expect(try await roles()[mate.id] == nil)
        #expect(try await admin.get(team + "?past=true").items.contains { $0["userId"]?.string == mate.id })
    }
}
