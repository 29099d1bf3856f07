import Foundation
import Kernel
import Postgres
import Testing

/// Slips can be taken back: a candidate's withdrawal while the job is open, a member's move for an hour.
@Suite struct TakingBackTests {
    private let company: TestCompany
    private let job: TestJob
    private let candidate: Person
    private let application: String
    private var admin: Person { company.admin }

    init() async throws {
        company = try await TestTenant().company()
        job = try await company.job()
        candidate = try await company.tenant.candidate()
        application = try await candidate.post("/jobs/\(job.id)/apply", ["coverLetter": "My first letter."]).expect(201).id
        try await company.admin.patch("/applications/\(application)/status", ["status": "interview"]).expect(200)
    }

    private func move(_ status: String, _ reason: JSON = "Because.") async throws {
        try await admin.patch("/applications/\(application)/status", ["status": .string(status), "reason": reason]).expect(200)
    }

    private func status() async throws -> String? { try await admin.get("/applications/\(application)").expect(200).data["status"]?.string }

    private func history(_ person: Person) async throws -> [JSON] {
        try await person.get("/applications/\(application)/history").expect(200).items
    }

    // MARK: Renewing

    @Test func `a withdrawn application is renewed by applying again, with what is sent then`() async throws {
        try await admin.post("/applications/\(application)/tags", ["tag": "strong"]).expect(200)
        try await candidate.post("/applications/\(application)/withdraw").expect(200)
        let renewed = try await candidate.post("/jobs/\(job.id)/apply", ["coverLetter": "I changed my mind."]).expect(201)
        #expect(renewed.id == application)
        #expect(renewed.data["status"] == "applied" && renewed.data["coverLetter"] == "I changed my mind.")
        let seen = try await admin.get("/applications/\(application)").expect(200)
        #expect(seen.data["tags"] == ["strong"] && seen.data["atsScore"]?.int != nil)
        let last = try await history(candidate).last
        #expect(last?["event"] == "application.renewed" && last?["from"] == "withdrawn" && last?["to"] == "applied")
        let members = try await history(admin)
        #expect(members.count { $0["event"] == "application.submitted" } == 1)
        #expect(members.last?["details"]?["replacedLetter"] == "My first letter.")
        try await move("screening")
        #expect(try await candidate.post("/jobs/\(job.id)/apply").code == "ALREADY_APPLIED")
    }

    @Test func `a withdrawal is taken back as it was sent, and what it called off stays so`() async throws {
        let interview: JSON = ["kind": "phone", "startsAt": "2099-01-05T09:00:00Z", "durationMinutes": 30]
        try await admin.post("/applications/\(application)/interviews", interview).expect(201)
        try await candidate.post("/applications/\(application)/withdraw").expect(200)
        let renewed = try await candidate.post("/applications/\(application)/renew").expect(200)
        #expect(renewed.data["status"] == "applied")
        let interviews = try await admin.get("/applications/\(application)/interviews").items
        #expect(interviews.map { $0["outcome"] } == ["cancelled"])
        #expect(try await candidate.post("/applications/\(application)/renew").code == "NOT_WITHDRAWN")
    }

    @Test func `only its candidate renews, and only what they withdrew`() async throws {
        #expect(try await candidate.post("/applications/\(application)/renew").code == "NOT_WITHDRAWN")
        try await move("rejected")
        #expect(try await candidate.post("/applications/\(application)/renew").code == "NOT_WITHDRAWN")
        #expect(try await candidate.post("/jobs/\(job.id)/apply").code == "ALREADY_APPLIED")
        let (withdrawn, other) = try await job.application()
        try await other.post("/applications/\(withdrawn)/withdraw").expect(200)
        #expect(try await candidate.post("/applications/\(withdrawn)/renew").code == "APPLICATION_NOT_FOUND")
        #expect(try await admin.post("/applications/\(withdrawn)/renew").status == 403)
        #expect(try await admin.patch("/applications/\(withdrawn)/status", ["status": "applied"]).code == "ILLEGAL_MOVE")
    }

    @Test(arguments: ["closed", "paused", "past its end"])
    func `nobody renews an application to a job that is no longer open`(_ state: String) async throws {
        try await candidate.post("/applications/\(application)/withdraw").expect(200)
        let tenant = company.tenant
        if state == "past its end" {
            try await tenant.execute("UPDATE jobs SET closes_at = created_at WHERE tenant_id = \(tenant.id) AND id = \(job.id)::uuid")
        } else {
            try await admin.patch("/jobs/\(job.id)", ["status": .string(state)]).expect(200)
        }
        for path in ["/applications/\(application)/renew", "/jobs/\(job.id)/apply"] {
            let refused = try await candidate.post(path)
            #expect(["JOB_CLOSED", "JOB_NOT_FOUND"].contains(refused.code), "\(path)")
        }
        #expect(try await status() == "withdrawn")
    }

    @Test func `renewing many times at once renews once`() async throws {
        try await candidate.post("/applications/\(application)/withdraw").expect(200)
        let (candidate, job, application) = (candidate, job, application)
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<12 {
                group.addTask {
                    try await candidate.post(number % 2 == 0 ? "/jobs/\(job.id)/apply" : "/applications/\(application)/renew").status
                }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(statuses.count { $0 < 300 } == 1 && statuses.count { $0 == 409 } == 11)
        #expect(try await history(admin).count { $0["event"] == "application.renewed" } == 1)
    }

    @Test func `a rule may refuse a renewal as it may an application`() async throws {
        let shop = try await RuleShop()
        let (own, person) = try await shop.job.application()
        try await person.post("/applications/\(own)/withdraw").expect(200)
        try await shop.publish(#"before("application.submitting", function(event) return reject("We have enough.") end)"#)
        #expect(try await person.post("/applications/\(own)/renew").expect(422).message == "We have enough.")
        try await person.post("/jobs/\(shop.job.id)/apply").expect(422)
    }

    // MARK: Undoing

    @Test func `the last move is undone once, also out of a final stage, and the history has both`() async throws {
        for (to, back) in [("screening", "interview"), ("rejected", "interview"), ("offer", "interview")] {
            try await move(to)
            let undone = try await admin.post("/applications/\(application)/undo-move").expect(200)
            #expect(undone.data["status"]?.string == back)
            #expect(try await admin.post("/applications/\(application)/undo-move").code == "NOTHING_TO_UNDO")
        }
        try await move("offer")
        try await move("hired")
        try await admin.post("/applications/\(application)/undo-move").expect(200)
        #expect(try await status() == "offer")
        let moves = try await history(admin).filter { $0["event"] == "application.status_changed" }
        #expect(moves.last?["from"] == "hired" && moves.last?["to"] == "offer")
        #expect(moves.last?["details"]?["undoes"]?.string == moves.dropLast().last?["id"]?.string)
    }

    @Test func `what a move called off stays called off when it is undone`() async throws {
        let interview: JSON = ["kind": "phone", "startsAt": "2099-01-05T09:00:00Z", "durationMinutes": 30]
        try await admin.post("/applications/\(application)/interviews", interview).expect(201)
        try await move("rejected")
        try await admin.post("/applications/\(application)/undo-move").expect(200)
        #expect(try await status() == "interview")
        let interviews = try await admin.get("/applications/\(application)/interviews").items
        #expect(interviews.map { $0["outcome"] } == ["cancelled"])
    }

    @Test func `neither a candidate's withdrawal, nor an old move, nor another's application is undone`() async throws {
        let tenant = company.tenant
        let rival = try await tenant.company("Southwind")
        #expect(try await rival.admin.post("/applications/\(application)/undo-move").code == "APPLICATION_NOT_FOUND")
        #expect(try await candidate.post("/applications/\(application)/undo-move").status == 403)
        let fresh = try await job.application()
        #expect(try await admin.post("/applications/\(fresh.id)/undo-move").code == "NOTHING_TO_UNDO")
        try await fresh.candidate.post("/applications/\(fresh.id)/withdraw").expect(200)
        #expect(try await admin.post("/applications/\(fresh.id)/undo-move").code == "NOTHING_TO_UNDO")
        try await tenant.execute(
            """
            UPDATE events SET occurred_at = occurred_at - interval '61 minutes'
            WHERE tenant_id = \(tenant.id) AND subject_id = \(application)::uuid
            """
        )
        #expect(try await admin.post("/applications/\(application)/undo-move").code == "NOTHING_TO_UNDO")
    }

    @Test func `two who undo at once undo one move`() async throws {
        try await move("offer")
        async let first = admin.post("/applications/\(application)/undo-move").status
        async let second = admin.post("/applications/\(application)/undo-move").status
        #expect(try await [first, second].sorted() == [200, 409])
        #expect(try await status() == "interview")
        let seen = ["If-Match": "\"1\""]
        try await move("offer")
        try await admin.post("/applications/\(application)/undo-move", headers: seen).expect(412)
    }
}
