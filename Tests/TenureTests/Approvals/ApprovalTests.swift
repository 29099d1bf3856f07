import Foundation
import Kernel
import Testing

/// Jobs and offers that the tenant wants approved: asked for, answered, and at no door without it.
@Suite struct ApprovalTests {
    private let company: TestCompany
    private let root: Person
    private let recruiter: Person
    private let manager: Person
    private var admin: Person { company.admin }

    init() async throws {
        company = try await TestTenant().company()
        root = try await company.tenant.admin()
        recruiter = try await company.recruiter()
        manager = try await company.member("hiringManager")
    }

    private func chain(_ kind: String, _ steps: JSON, allowsOwn: Bool = false) async throws {
        try await root.put("/approval-chains", ["kind": .string(kind), "steps": steps, "allowsOwn": .bool(allowsOwn)]).expect(200)
    }

    private func draft(_ fields: [String: JSON] = [:]) async throws -> String {
        var body: [String: JSON] = ["companyId": .string(company.id), "title": "Baker", "description": "Bakes."]
        body.merge(fields) { $1 }
        return try await recruiter.post("/jobs", .object(body)).expect(201).id
    }

    private func answer(_ approval: String, _ person: Person, _ answer: JSON = "approve", reason: JSON? = nil) async throws -> Answer {
        var body: [String: JSON] = ["answer": answer]
        body["reason"] = reason
        return try await person.post("/approvals/\(approval)/answer", .object(body))
    }

    @Test func `a job that needs approval is not published before everybody in turn has approved`() async throws {
        try await chain("job", [["role": "hiringManager"], ["role": "companyAdmin"]])
        let job = try await draft()
        #expect(try await recruiter.post("/jobs/\(job)/publish").expect(409).code == "APPROVAL_REQUIRED")
        #expect(try await recruiter.patch("/jobs/\(job)", ["status": "published"]).expect(409).code == "APPROVAL_REQUIRED")
        let asked = try await recruiter.post("/jobs/\(job)/approval").expect(200)
        #expect(try await recruiter.post("/jobs/\(job)/approval").expect(200).id == asked.id)
        #expect(try await recruiter.post("/jobs/\(job)/publish").expect(409).code == "APPROVAL_PENDING")
        try await eventually { try await manager.get("/notifications").items.contains { $0["kind"] == "approval" } }
        #expect(try await manager.get("/approvals?waiting=true").expect(200).items.map { $0["id"]?.string } == [asked.id])
        #expect(try await answer(asked.id, admin).expect(403).code == "NOT_APPROVER")
        try await answer(asked.id, manager).expect(200)
        #expect(try await answer(asked.id, manager).expect(403).code == "NOT_APPROVER")
        #expect(try await recruiter.post("/jobs/\(job)/publish").expect(409).code == "APPROVAL_PENDING")
        let done = try await answer(asked.id, admin).expect(200)
        #expect(done.data["state"] == "approved" && done.data["decidedAt"]?.string != nil)
        #expect(try await answer(asked.id, admin).expect(409).code == "APPROVAL_OVER")
        try await recruiter.post("/jobs/\(job)/publish").expect(200)
        try await eventually { try await recruiter.get("/notifications").items.contains { $0["kind"] == "approval" } }
        let seen = try await recruiter.get("/approvals/\(asked.id)").expect(200)
        #expect(seen.data["answers"]?.elements.count == 2)
    }

    @Test func `declining takes a reason, ends it, and it can be asked for again`() async throws {
        try await chain("job", [["role": "hiringManager"]])
        let job = try await draft()
        let asked = try await recruiter.post("/jobs/\(job)/approval").expect(200)
        #expect(try await answer(asked.id, manager, "decline").expect(400).json["error"]?["details"]?["reason"] != nil)
        let declined = try await answer(asked.id, manager, "decline", reason: "No budget.").expect(200)
        #expect(declined.data["state"] == "declined")
        #expect(try await recruiter.post("/jobs/\(job)/publish").expect(409).code == "APPROVAL_REQUIRED")
        #expect(try await recruiter.post("/jobs/\(job)/approval").expect(200).id != asked.id)
    }

    @Test func `other terms take another approval, and words that cost nothing don't`() async throws {
        try await chain("job", [["role": "hiringManager"]])
        let job = try await draft()
        let first = try await recruiter.post("/jobs/\(job)/approval").expect(200)
        try await recruiter.patch("/jobs/\(job)", ["openings": 3]).expect(200)
        #expect(try await recruiter.get("/approvals/\(first.id)").expect(200).data["state"] == "canceled")
        #expect(try await answer(first.id, manager).expect(409).code == "APPROVAL_OVER")
        let second = try await recruiter.post("/jobs/\(job)/approval").expect(200)
        try await answer(second.id, manager).expect(200)
        try await recruiter.patch("/jobs/\(job)", ["description": "Bakes bread."]).expect(200)
        try await recruiter.post("/jobs/\(job)/publish").expect(200)
        #expect(try await recruiter.patch("/jobs/\(job)", ["openings": 9]).expect(409).code == "CHANGE_NEEDS_APPROVAL")
        try await recruiter.patch("/jobs/\(job)", ["status": "paused", "openings": 9]).expect(200)
        #expect(try await recruiter.post("/jobs/\(job)/publish").expect(409).code == "APPROVAL_REQUIRED")
    }

    @Test func `nobody approves what they asked for, unless the tenant says so`() async throws {
        try await chain("job", [["userIds": [.string(recruiter.id), .string(manager.id)], "needs": "one"]])
        let job = try await draft()
        let asked = try await recruiter.post("/jobs/\(job)/approval").expect(200)
        #expect(try await answer(asked.id, recruiter).expect(403).code == "NOT_APPROVER")
        try await chain("job", [["userIds": [.string(recruiter.id)]]], allowsOwn: true)
        #expect(try await answer(asked.id, recruiter).expect(403).code == "NOT_APPROVER", "It goes on as it was asked for.")
        let own = try await recruiter.post("/jobs/\(try await draft())/approval").expect(200)
        #expect(try await answer(own.id, recruiter).expect(200).data["state"] == "approved")
    }

    @Test func `who has left is not waited for, and where nobody is left administrators are asked`() async throws {
        let second = try await company.member("hiringManager")
        try await chain("job", [["role": "hiringManager", "needs": "all"]])
        let job = try await draft()
        let asked = try await recruiter.post("/jobs/\(job)/approval").expect(200)
        try await answer(asked.id, manager).expect(200)
        #expect(try await recruiter.post("/jobs/\(job)/publish").expect(409).code == "APPROVAL_PENDING")
        try await admin.patch("/companies/\(company.id)/users/\(second.id)", ["status": "deactivated"]).expect(200)
        try await recruiter.post("/jobs/\(job)/publish").expect(200)
        try await admin.patch("/companies/\(company.id)/users/\(manager.id)", ["status": "deactivated"]).expect(200)
        let other = try await recruiter.post("/jobs/\(try await draft())/approval").expect(200)
        #expect(other.data["awaits"]?.elements.contains(.string(root.id)) ?? false)
        try await answer(other.id, root).expect(200)
    }

    @Test func `an offer above the range is approved before it is made, with its very terms`() async throws {
        try await chain("offer", [["role": "tenantAdmin", "onlyOverRange": true]])
        let job = try await company.job(["salary": ["minimum": 100, "maximum": 200, "currency": "EUR"]])
        let (application, candidate) = try await job.application()
        func offer(_ amount: Int) -> JSON {
            ["baseSalary": ["amount": .integer(amount), "currency": "EUR"], "expiresAt": "2099-02-01T00:00:00Z"]
        }
        func terms(_ amount: Int) -> JSON { ["baseSalary": ["amount": .integer(amount), "currency": "EUR"]] }
        let path = "/applications/\(application)"
        #expect(try await admin.post("\(path)/offer-approval", terms(200)).expect(409).code == "APPROVAL_NOT_NEEDED")
        #expect(try await admin.post("\(path)/offers", offer(300)).expect(409).code == "APPROVAL_REQUIRED")
        let asked = try await admin.post("\(path)/offer-approval", terms(300)).expect(200)
        try await candidate.get("/approvals/\(asked.id)").expect(403)
        try await answer(asked.id, root).expect(200)
        #expect(try await admin.post("\(path)/offers", offer(301)).expect(409).code == "APPROVAL_REQUIRED")
        let made = try await admin.post("\(path)/offers", offer(300)).expect(201)
        #expect(try await admin.patch("/offers/\(made.id)", terms(400)).expect(409).code == "APPROVAL_REQUIRED")
        try await admin.patch("/offers/\(made.id)", ["expiresAt": "2099-03-01T00:00:00Z"]).expect(200)
        try await admin.patch("/offers/\(made.id)", terms(150)).expect(200)
    }

    @Test func `what it was about has ended, and nobody is asked any more`() async throws {
        try await chain("offer", [["role": "tenantAdmin"]])
        try await chain("job", [["role": "tenantAdmin"]])
        let archived = try await draft()
        let first = try await recruiter.post("/jobs/\(archived)/approval").expect(200)
        try await recruiter.patch("/jobs/\(archived)", ["status": "archived"]).expect(200)
        try await root.delete("/approval-chains", ["kind": "job"]).expect(204)
        let (application, _) = try await company.job().application()
        let terms: JSON = ["baseSalary": ["amount": 1, "currency": "EUR"]]
        let second = try await admin.post("/applications/\(application)/offer-approval", terms).expect(200)
        try await admin.patch("/applications/\(application)/status", ["status": "rejected", "reason": "No."]).expect(200)
        for id in [first.id, second.id] {
            #expect(try await root.get("/approvals/\(id)").expect(200).data["state"] == "canceled")
            #expect(try await answer(id, root).expect(409).code == "APPROVAL_OVER")
        }
    }

    @Test func `two who answer at once are both heard, and it is decided once`() async throws {
        let second = try await company.member("hiringManager")
        try await chain("job", [["role": "hiringManager", "needs": "all"]])
        let asked = try await recruiter.post("/jobs/\(try await draft())/approval").expect(200)
        async let one = answer(asked.id, manager).status
        async let other = answer(asked.id, second).status
        #expect(try await [one, other] == [200, 200])
        let seen = try await recruiter.get("/approvals/\(asked.id)").expect(200)
        #expect(seen.data["state"] == "approved" && seen.data["answers"]?.elements.count == 2)
    }

    @Test func `of a confidential job only who knows it is asked, and sees the approval`() async throws {
        try await chain("job", [["role": "hiringManager"]])
        let job = try await draft(["isConfidential": true])
        let asked = try await recruiter.post("/jobs/\(job)/approval").expect(200)
        #expect(asked.data["awaits"]?.elements.contains(.string(manager.id)) == false)
        try await manager.get("/approvals/\(asked.id)").expect(404)
        #expect(try await manager.get("/approvals").expect(200).items.isEmpty)
        #expect(try await answer(asked.id, manager).expect(404).code == "APPROVAL_NOT_FOUND")
    }

    @Test func `a rule may refuse to ask and to approve, and no rule publishes without approval`() async throws {
        let shop = try await RuleShop()
        try await shop.admin.put("/approval-chains", ["kind": "job", "steps": [["role": "tenantAdmin"]]]).expect(200)
        let job = try await shop.job.company.job(published: false)
        try await shop.publish(#"before("approval.requesting", function(event) return reject("Not in December.") end)"#)
        let refused = try await shop.job.company.admin.post("/jobs/\(job.id)/approval").expect(422)
        #expect(refused.message == "Not in December.")
    }

    @Test func `a chain names a role or people, and people who work here`() async throws {
        let stranger = try await company.tenant.candidate()
        let both: JSON = [["role": "recruiter", "userIds": [.string(manager.id)]]]
        for steps in [both, [[:]], [["userIds": [.string(stranger.id)]]], []] as [JSON] {
            try await root.put("/approval-chains", ["kind": "job", "steps": steps]).expect(400)
        }
        try await admin.put("/approval-chains", ["kind": "job", "steps": [["role": "recruiter"]]]).expect(403)
        try await chain("job", [["role": "recruiter"]])
        #expect(try await root.get("/approval-chains").expect(200).items.count == 1)
        try await root.delete("/approval-chains", ["kind": "job"]).expect(204)
        #expect(try await root.delete("/approval-chains", ["kind": "job"]).expect(404).code == "APPROVAL_CHAIN_NOT_FOUND")
        try await recruiter.post("/jobs/\(try await draft())/publish").expect(200)
    }
}
