import Foundation
import Kernel
import Postgres
import Testing

@testable import Jobs

/// Jobs through the API.
@Suite struct JobsTests {
    @Test func `a draft is its company's alone until it is published`() async throws {
        let company = try await TestTenant().company()
        let candidate = try await company.tenant.candidate()
        let rival = try await company.tenant.company("Southwind")
        let job = try await company.job(published: false)
        for person in [candidate, rival.admin] {
            #expect(try await person.get("/jobs/\(job.id)").status == 404)
            #expect(try await person.get("/jobs").items.isEmpty)
        }
        let published = try await company.admin.post("/jobs/\(job.id)/publish", ["channels": ["linkedin"]]).expect(200)
        #expect(published.data["status"] == "published")
        #expect(published.data["channels"] == ["linkedin"])
        for person in [candidate, rival.admin] {
            try await person.get("/jobs/\(job.id)").expect(200)
            #expect(try await person.get("/jobs").items.map { $0["id"]?.string } == [job.id])
        }
        #expect(try await rival.admin.patch("/jobs/\(job.id)", ["title": "Mine"]).code == "JOB_NOT_FOUND")
        #expect(try await rival.admin.post("/jobs/\(job.id)/publish").code == "JOB_NOT_FOUND")
    }

    @Test func `what was sent is what is shown`() async throws {
        let company = try await TestTenant().company()
        let body: JSON = [
            "companyId": .string(company.id), "title": " Welder ", "description": "Welds ships.", "department": "Yard", "location": "Kiel",
            "workplace": "onsite", "employmentType": "contract", "openings": 3,
            "salary": ["minimum": 4_000_000, "maximum": 5_000_000, "currency": "EUR"],
            "requirements": ["requiredSkills": ["TIG"], "preferredSkills": [], "minimumYears": 2],
            "questions": [["key": "visa", "text": "Do you need a visa?", "kind": "yesNo", "disqualifying": ["yes"]]],
            "customFields": ["costCenter": ["code": 42, "tags": ["a", .null]]], "closesAt": "2099-01-01T00:00:00Z",
        ]
        let made = try await company.admin.post("/jobs", body).expect(201)
        let job = try await company.admin.get("/jobs/\(made.id)").expect(200).data
        #expect(job["title"] == "Welder")
        #expect(job["companyName"] == "Northwind Logistics")
        #expect(job["status"] == "draft")
        #expect(job["openings"] == 3)
        #expect(job["salary"] == body["salary"])
        #expect(job["customFields"] == body["customFields"])
        #expect(job["questions"]?[0]?["disqualifying"] == ["yes"])
        #expect(job["closesAt"] == "2099-01-01T00:00:00.000Z")
        #expect(job["createdBy"]?.string == company.admin.id)
    }

    @Test func `every bad field is named and nothing is written`() async throws {
        let company = try await TestTenant().company()
        let bad = try await company.admin.post(
            "/jobs",
            [
                "companyId": "Northwind", "title": "", "workplace": "moon", "openings": 0, "rank": 1, "closesAt": "soon",
                "salary": ["minimum": -1, "currency": "euro"], "questions": [["key": "a", "text": "A?", "kind": "maybe"]],
            ]
        ).expect(400)
        let fields = [
            "companyId", "title", "description", "workplace", "openings", "rank", "closesAt", "salary.minimum", "salary.maximum",
            "salary.currency", "questions.0.kind",
        ]
        for field in fields { #expect(bad.details[field] != nil, "\(field)") }
        #expect(try await company.admin.get("/jobs").data["pagination"]?["total"] == 0)
    }

    @Test(
        arguments: [
            ("salary.minimum", ["salary": ["minimum": 2, "maximum": 1, "currency": "EUR"]] as JSON),
            (
                "questions",
                ["questions": [["key": "a", "text": "A?", "kind": "text"], ["key": "a", "text": "B?", "kind": "text"]]]
            ), ("questions.0.options", ["questions": [["key": "a", "text": "A?", "kind": "singleChoice", "options": ["one"]]]]),
        ] as [(String, JSON)]
    )
    func `fields that contradict each other are refused`(field: String, fields: JSON) async throws {
        let company = try await TestTenant().company()
        let job = try await company.job(published: false)
        let refused = try await company.admin.patch("/jobs/\(job.id)", fields).expect(400)
        #expect(refused.details[field] != nil)
    }

    @Test func `a job can't be given another's company or pipeline`() async throws {
        let company = try await TestTenant().company()
        let rival = try await company.tenant.company("Southwind")
        let elsewhere = try await TestTenant().company()
        _ = try await elsewhere.job()
        let pipeline = try #require(try await elsewhere.admin.get("/pipelines").items.first?["id"])
        for other in [rival.id, elsewhere.id] {
            let refused = try await company.admin.post("/jobs", ["companyId": .string(other), "title": "T", "description": "D"]).expect(400)
            #expect(refused.details["companyId"] != nil)
        }
        let body: JSON = ["companyId": .string(company.id), "title": "T", "description": "D", "pipelineId": pipeline]
        #expect(try await company.admin.post("/jobs", body).expect(400).details["pipelineId"] != nil)
        let job = try await company.job(published: false)
        #expect(try await company.admin.patch("/jobs/\(job.id)", ["pipelineId": pipeline]).expect(400).details["pipelineId"] != nil)
    }

    @Test func `only members who manage jobs may`() async throws {
        let company = try await TestTenant().company()
        let manager = try await company.member("hiringManager")
        let recruiter = try await company.recruiter()
        let body: JSON = ["companyId": .string(company.id), "title": "T", "description": "D"]
        #expect(try await manager.post("/jobs", body).status == 403)
        let job = try await recruiter.post("/jobs", body).expect(201)
        #expect(try await manager.get("/jobs/\(job.id)").status == 200)
        #expect(try await manager.patch("/jobs/\(job.id)", ["title": "U"]).status == 403)
    }

    @Test func `a list is filtered and paged`() async throws {
        let company = try await TestTenant().company()
        for number in 1...5 { _ = try await company.job(["title": "Driver \(number)", "location": "Kiel", "employmentType": "partTime"]) }
        _ = try await company.job(["title": "Cook"])
        _ = try await company.job(["title": "Driver of boats"], published: false)
        func count(_ query: String) async throws -> Int? {
            try await company.admin.get("/jobs?\(query)").expect(200).data["pagination"]?["total"]?.int
        }
        #expect(try await count("") == 7)
        #expect(try await count("status=published") == 6)
        #expect(try await count("q=driver") == 6)
        #expect(try await count("q=driver%20-boats") == 5)
        #expect(try await count("location=kiel") == 5)
        #expect(try await count("employmentType=partTime&q=cook") == 0)
        #expect(try await count("companyId=\(company.id)&createdBy=\(company.admin.id)") == 7)
        #expect(try await count("q=%25%27%3B--") == 0)
        let page = try await company.admin.get("/jobs?limit=3&page=3").expect(200)
        #expect(page.items.count == 1)
        #expect(page.data["pagination"] == ["total": 7, "page": 3, "limit": 3, "pages": 3])
        let beyond = try await company.admin.get("/jobs?limit=3&page=9").expect(200)
        #expect(beyond.items.isEmpty)
        #expect(beyond.data["pagination"]?["total"] == 7)
        #expect(try await company.admin.get("/jobs?limit=101&page=0&status=gone&sort=x").expect(400).details != .null)
    }

    @Test func `a stale version can't overwrite a newer one`() async throws {
        let company = try await TestTenant().company()
        let job = try await company.job(published: false)
        let seen = try #require(try await company.admin.get("/jobs/\(job.id)").headers["etag"])
        let first = try await company.admin.patch("/jobs/\(job.id)", ["title": "First"], headers: ["If-Match": seen]).expect(200)
        #expect(first.headers["etag"] != seen)
        let second = try await company.admin.patch("/jobs/\(job.id)", ["title": "Second"], headers: ["If-Match": seen]).expect(412)
        #expect(second.code == "PRECONDITION_FAILED")
        #expect(try await company.admin.get("/jobs/\(job.id)").data["title"] == "First")
        #expect(try await company.admin.patch("/jobs/\(job.id)", ["title": "X"], headers: ["If-Match": "7"]).status == 400)
        try await company.admin.patch("/jobs/\(job.id)", ["title": "Third"], headers: ["If-Match": "*"]).expect(200)
        let current = try #require(try await company.admin.get("/jobs/\(job.id)").headers["etag"])
        #expect(try await company.admin.get("/jobs/\(job.id)", headers: ["If-None-Match": current]).status == 304)
    }

    @Test func `of twenty who save the same version one wins`() async throws {
        let company = try await TestTenant().company()
        let job = try await company.job(published: false)
        let seen = try #require(try await company.admin.get("/jobs/\(job.id)").headers["etag"])
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<20 {
                group.addTask {
                    try await company.admin.patch("/jobs/\(job.id)", ["title": "\(number)"], headers: ["If-Match": seen]).status
                }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(statuses.count { $0 == 200 } == 1)
        #expect(statuses.count { $0 == 412 } == 19)
    }

    @Test func `a patch changes what it names and null clears`() async throws {
        let company = try await TestTenant().company()
        let job = try await company.job(["department": "Yard", "closesAt": "2099-01-01T00:00:00Z"], published: false)
        let patched = try await company.admin.patch("/jobs/\(job.id)", ["department": .null, "closesAt": .null, "openings": 2]).expect(200)
        #expect(patched.data["department"] == nil)
        #expect(patched.data["closesAt"] == nil)
        #expect(patched.data["openings"] == 2)
        #expect(patched.data["location"] == "Hamburg")
        let again = try await company.admin.patch("/jobs/\(job.id)", ["customFields": ["a": 1]]).expect(200)
        #expect(again.data["openings"] == 2)
        #expect(again.data["customFields"] == ["a": 1])
    }

    @Test func `a job closes, opens again and ends in the archive`() async throws {
        let company = try await TestTenant().company()
        let job = try await company.job()
        let candidate = try await company.tenant.candidate()
        func become(_ status: String) async throws -> Answer {
            try await company.admin.patch("/jobs/\(job.id)", ["status": .string(status)])
        }
        #expect(try await become("archived").code == "ILLEGAL_JOB_STATUS")
        try await become("closed").expect(200)
        #expect(try await candidate.post("/jobs/\(job.id)/apply").status == 404)
        #expect(try await candidate.get("/jobs/\(job.id)").status == 404)
        try await company.admin.post("/jobs/\(job.id)/publish").expect(200)
        #expect(try await company.admin.post("/jobs/\(job.id)/publish").code == "ILLEGAL_JOB_STATUS")
        try await become("paused").expect(200)
        try await become("closed").expect(200)
        try await become("archived").expect(200)
        #expect(try await become("published").code == "ILLEGAL_JOB_STATUS")
    }

    @Test func `a job past its closing time takes no more applications`() async throws {
        let company = try await TestTenant().company()
        let job = try await company.job()
        try await company.admin.patch("/jobs/\(job.id)", ["closesAt": "2020-01-01T00:00:00Z"]).expect(200)
        #expect(try await company.tenant.candidate().post("/jobs/\(job.id)/apply").code == "JOB_CLOSED")
    }

    @Test func `disqualifying answers are the company's secret`() async throws {
        let company = try await TestTenant().company()
        let rival = try await company.tenant.company("Southwind")
        let job = try await company.job([
            "questions": [["key": "visa", "text": "Do you need a visa?", "kind": "yesNo", "disqualifying": ["yes"]]],
            "requirements": ["requiredSkills": ["Swift"], "preferredSkills": [], "weights": ["title": 777]],
        ])
        for person in [try await company.tenant.candidate(), rival.admin] {
            let seen = try await person.get("/jobs/\(job.id)").expect(200).data
            #expect(seen["questions"]?[0]?["key"] == "visa")
            #expect(seen["questions"]?[0]?["disqualifying"] == nil)
            #expect(seen["requirements"]?["requiredSkills"] == ["Swift"])
            #expect(seen["requirements"]?["weights"] == nil)
            #expect(seen["createdBy"] == nil)
        }
        let own = try await company.recruiter().get("/jobs/\(job.id)").expect(200).data
        #expect(own["questions"]?[0]?["disqualifying"] == ["yes"])
        #expect(own["requirements"]?["weights"]?["title"] == 777)
    }

    @Test func `a rule judges the job as it is changed, not as it was`() async throws {
        let shop = try await RuleShop()
        try await shop.publish(
            """
            before("job.publishing", function(event)
              if event.job.title == "Anything" then return reject("Say what for.") end
            end)
            """
        )
        let job = try await shop.job.company.job(published: false)
        let refused = try await shop.recruiter.patch("/jobs/\(job.id)", ["title": "Anything", "status": "published"])
        #expect(refused.expect(422).message == "Say what for.")
        try await shop.recruiter.patch("/jobs/\(job.id)", ["title": "Welder", "status": "published"]).expect(200)
    }

    @Test func `nobody applies to a job that is being closed`() async throws {
        let company = try await TestTenant().company()
        let (tenant, job, candidate) = (company.tenant, try await company.job(), try await company.tenant.candidate())
        let applying = try await tenant.server.inspector.transaction { transaction in
            _ = try await transaction.query("UPDATE jobs SET status = 'closed' WHERE tenant_id = \(tenant.id) AND id = \(job.id)::uuid")
            let applying = Task { try await candidate.post("/jobs/\(job.id)/apply") }
            try await tenant.blocked(like: "%FOR SHARE OF j%")
            return applying
        }
        #expect(try await applying.value.code == "JOB_NOT_FOUND")
    }

    @Test func `a refused change leaves nothing behind, not even in the log`() async throws {
        let tenant = try await TestTenant()
        let company = try await tenant.company()
        let job = try await company.job()
        let before = try await tenant.count("SELECT count(*) FROM events WHERE tenant_id = \(tenant.id)")
        #expect(try await company.admin.patch("/jobs/\(job.id)", ["title": "New", "status": "archived"]).status == 409)
        #expect(try await company.admin.get("/jobs/\(job.id)").data["title"] == "Backend engineer")
        #expect(try await tenant.count("SELECT count(*) FROM events WHERE tenant_id = \(tenant.id)") == before)
    }

    @Test func `a status becomes only what its table says`() {
        let legal: [JobStatus: Set<JobStatus>] = [
            .draft: [.published, .archived], .published: [.paused, .closed], .paused: [.published, .closed],
            .closed: [.published, .archived],
            .archived: [],
        ]
        for status in JobStatus.allCases {
            for next in JobStatus.allCases {
                #expect(status.canBecome(next) == legal[status]?.contains(next), "\(status) to \(next)")
            }
        }
    }
}
