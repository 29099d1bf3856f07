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
        #expect(try await candidate.post("/jobs/\(job.id)/apply").code == "JOB_CLOSED")
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

    @Test func `a job past its closing time is closed for everybody, at every door`() async throws {
        let company = try await TestTenant().company()
        let (rival, early) = (try await company.tenant.company("Southwind").admin, try await company.tenant.candidate())
        let job = try await company.job()
        try await early.post("/jobs/\(job.id)/apply").expect(201)
        // Only the clock has moved on: the work that closes it has not run.
        try await company.tenant.execute(
            "UPDATE jobs SET closes_at = now() - interval '1 second' WHERE tenant_id = \(company.tenant.id) AND id = \(job.id)::uuid"
        )
        let late = try await company.tenant.candidate()
        for person in [late, rival] {
            for query in ["", "?status=published", "?q=backend", "?status=closed"] {
                #expect(try await person.get("/jobs\(query)").expect(200).items.isEmpty, "\(query)")
            }
            let shown = try await person.get("/jobs/\(job.id)").expect(404)
            #expect(shown.code == "JOB_CLOSED")
            #expect(shown.message?.contains("closed") == true)
        }
        #expect(try await late.post("/jobs/\(job.id)/apply").code == "JOB_CLOSED")
        // Who applied still sees what they applied to, and the company that it is over.
        #expect(try await early.get("/jobs/\(job.id)").expect(200).data["status"] == "closed")
        #expect(try await company.admin.get("/jobs/\(job.id)").expect(200).data["status"] == "closed")
        #expect(try await company.admin.get("/jobs?status=published").expect(200).items.isEmpty)
        #expect(try await company.admin.get("/jobs?status=closed").expect(200).items.first?["status"] == "closed")
        // It opens again with a later time, not without.
        let again = try await company.admin.patch("/jobs/\(job.id)", ["status": "published"]).expect(400)
        #expect(again.details["closesAt"] != nil)
        try await company.admin.patch("/jobs/\(job.id)", ["status": "published", "closesAt": "2099-12-31"]).expect(200)
        #expect(try await late.get("/jobs/\(job.id)").expect(200).data["closesAt"] == "2100-01-01T00:00:00.000Z")
        try await company.admin.patch("/jobs/\(job.id)", ["status": "closed"]).expect(200)
        #expect(try await late.get("/jobs/\(job.id)").code == "JOB_CLOSED")
        #expect(try await late.get("/jobs/\(company.job(published: false).id)").code == "JOB_NOT_FOUND")
    }

    @Test func `a job closes at its time, and the log says so once`() async throws {
        let company = try await TestTenant().company()
        let job = try await company.job()
        func closings() async throws -> Int {
            try await company.tenant.count("SELECT count(*) FROM events WHERE tenant_id = \(company.tenant.id) AND name = 'job.closed'")
        }
        let soon = Timestamp.text(Date() + 1)
        try await company.admin.patch("/jobs/\(job.id)", ["closesAt": .string(soon)]).expect(200)
        try await eventually(within: .seconds(90)) { try await closings() == 1 }
        let other = try await company.job()
        #expect(try await company.admin.patch("/jobs/\(other.id)", ["closesAt": "2020-01-01"]).expect(200).data["status"] == "closed")
        #expect(try await closings() == 2)
    }

    @Test func `a job that nobody applied to is deleted, and any other stays`() async throws {
        let company = try await TestTenant().company()
        let (job, other) = (try await company.job(), try await company.job())
        _ = try await other.application()
        let rival = try await company.tenant.company("Southwind")
        #expect(try await rival.admin.delete("/jobs/\(job.id)").code == "JOB_NOT_FOUND")
        try await company.admin.delete("/jobs/\(job.id)").expect(204)
        #expect(try await company.admin.get("/jobs/\(job.id)").code == "JOB_NOT_FOUND")
        #expect(try await company.admin.delete("/jobs/\(other.id)").code == "JOB_HAS_APPLICATIONS")
    }

    @Test func `a list of jobs counts the applications in each stage, for the company alone`() async throws {
        let company = try await TestTenant().company()
        let job = try await company.job()
        for stage in [nil, nil, "screening"] { _ = try await job.application(at: stage) }
        let listed = try await company.recruiter().get("/jobs").expect(200).items.first
        let counts = listed?["stages"]?.items.map { ($0["key"]?.string ?? "", $0["count"]?.int ?? -1) } ?? []
        #expect(counts.first?.0 == "applied")
        #expect(Dictionary(counts) { one, _ in one }.filter { $0.value > 0 } == ["applied": 2, "screening": 1])
        for person in [try await company.tenant.candidate(), try await company.tenant.company("Southwind").admin] {
            let seen = try await person.get("/jobs").expect(200).items
            #expect(seen.count == 1)
            #expect(seen.first?["stages"] == nil)
        }
    }

    @Test func `words, places and departments are found however they are written`() async throws {
        let company = try await TestTenant().company()
        let job = try await company.job([
            "title": "Caf\u{E9} manager for M\u{FC}nchen", "location": "M\u{FC}nchen", "department": "Service & D\u{E9}tail",
        ])
        let candidate = try await company.tenant.candidate()
        for query in [
            "q=cafe", "q=CAFE\u{301}", "q=\u{FF43}af\u{E9}", "q=munchen", "location=MUNCHEN", "location=mu\u{308}n",
            "department=service & detail", "department=SERVICE & DE\u{301}TAIL",
        ] {
            let parts = query.split(separator: "=")
            let value = try #require(String(parts[1]).addingPercentEncoding(withAllowedCharacters: .alphanumerics))
            let found = try await candidate.get("/jobs?\(parts[0])=\(value)").expect(200).items
            #expect(found.map { $0["id"]?.string } == [job.id], "\(query)")
        }
        let refused = try await candidate.get("/jobs?status=open").expect(400)
        #expect(refused.details["status"]?.string?.contains("published") == true)
    }

    @Test func `an empty change changes nothing, nor does the same again`() async throws {
        let company = try await TestTenant().company()
        let job = try await company.job(["questions": [["key": "visa", "text": "Do you need a visa?", "kind": "yesNo"]]])
        let pipeline = try await company.admin.get("/jobs/\(job.id)").expect(200).data["pipelineId"]?.string ?? ""
        let candidate = try await company.tenant.candidate()
        func events() async throws -> Int {
            try await company.tenant.count("SELECT count(*) FROM events WHERE tenant_id = \(company.tenant.id)")
        }
        for (person, path, reading) in [
            (company.admin, "/jobs/\(job.id)", "/jobs/\(job.id)"), (company.admin, "/pipelines/\(pipeline)", "/pipelines/\(pipeline)"),
            (candidate, "/candidates/me", "/candidates/me"), (candidate, "/users/me", "/users/me"),
        ] {
            let (before, count) = (try await person.get(reading).expect(200).data, try await events())
            var same: JSON = [:]
            if path.hasPrefix("/jobs") { same = ["title": before["title"] ?? "", "questions": before["questions"] ?? []] }
            if path.hasPrefix("/users") { same = ["firstName": before["firstName"] ?? ""] }
            if path.hasPrefix("/pipelines") { same = ["name": before["name"] ?? ""] }
            for body in [[:], same] {
                let answer = try await person.patch(path, body).expect(200).data
                #expect(path == "/users/me" || answer == before, "\(path)")
                #expect(try await person.get(reading).expect(200).data == before, "\(path)")
            }
            #expect(try await events() == count, "\(path)")
        }
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
        #expect(try await applying.value.code == "JOB_CLOSED")
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
