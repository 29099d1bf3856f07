import Foundation
import Kernel
import Postgres
import Testing

@testable import Applications
@testable import Jobs

/// Applying, moving, rating and viewing, through the API.
@Suite struct ApplicationsTests {
    @Test func `an application is its candidate's and its company's to see`() async throws {
        let company = try await TestTenant().company()
        let rival = try await company.tenant.company("Southwind")
        let (application, candidate) = try await company.job().application()
        let other = try await company.tenant.candidate("Eve")
        for path in ["", "/history", "/ats-score", "/interviews", "/offers"] {
            try await candidate.get("/applications/\(application)\(path)").expect(200)
            try await company.admin.get("/applications/\(application)\(path)").expect(200)
            #expect(try await other.get("/applications/\(application)\(path)").code == "APPLICATION_NOT_FOUND", "\(path)")
            #expect(try await rival.admin.get("/applications/\(application)\(path)").code == "APPLICATION_NOT_FOUND", "\(path)")
        }
        #expect(try await other.get("/applications").items.isEmpty)
        #expect(try await rival.admin.get("/applications").items.isEmpty)
        #expect(try await candidate.get("/applications").items.count == 1)
        #expect(try await other.post("/applications/\(application)/withdraw").status == 404)
        #expect(try await rival.admin.patch("/applications/\(application)/status", ["status": "screening"]).status == 404)
        #expect(try await rival.admin.post("/applications/\(application)/notes", ["text": "Hm."]).status == 404)
    }

    @Test func `a candidate sees neither notes nor tags nor ratings`() async throws {
        let company = try await TestTenant().company()
        let (application, candidate) = try await company.job().application()
        try await company.admin.post("/applications/\(application)/notes", ["text": "Secret word."]).expect(201)
        try await company.admin.post("/applications/\(application)/tags", ["tag": "secret-tag"]).expect(200)
        try await company.admin.post("/applications/\(application)/rate", ["rating": 1]).expect(200)
        let seen = try await candidate.get("/applications/\(application)").expect(200)
        try await company.admin.patch("/applications/\(application)/status", ["status": "screening", "reason": "Secret reason."]).expect(
            200
        )
        let history = try await candidate.get("/applications/\(application)/history").expect(200)
        let list = try await candidate.get("/applications").expect(200)
        let withdrawn = try await candidate.post("/applications/\(application)/withdraw", ["reason": "Moving away."]).expect(200)
        for text in [seen.json.text, history.json.text, list.json.text, withdrawn.json.text] {
            #expect(!text.lowercased().contains("secret"))
        }
        #expect(seen.data["rating"] == nil)
        #expect(seen.data["ratings"] == 0)
        #expect(seen.data["notes"] == nil)
        #expect(history.items.map { $0["event"] } == ["application.submitted", "application.status_changed"])
        #expect(list.items[0]["rating"] == nil)
        let members = try await company.admin.get("/applications/\(application)").expect(200)
        #expect(members.data["notes"]?[0]?["text"] == "Secret word.")
        #expect(try await candidate.get("/applications/\(application)/notes").status == 403)
    }

    @Test func `an application can't move where its stage doesn't allow`() async throws {
        let company = try await TestTenant().company()
        let job = try await company.job()
        let (application, candidate) = try await job.application()
        func move(_ status: String) async throws -> Answer {
            try await company.admin.patch("/applications/\(application)/status", ["status": .string(status)])
        }
        #expect(try await move("hired").code == "ILLEGAL_MOVE")
        #expect(try await move("applied").code == "ILLEGAL_MOVE")
        #expect(try await move("withdrawn").code == "ILLEGAL_MOVE")
        #expect(try await move("nowhere").expect(400).details["status"] != nil)
        try await move("rejected").expect(200)
        #expect(try await move("withdrawn").code == "ILLEGAL_MOVE")
        #expect(try await candidate.post("/applications/\(application)/withdraw").code == "ILLEGAL_MOVE")
        try await move("offer").expect(200)
        #expect(try await move("hired").code == "OFFER_NOT_ACCEPTED")
        let signed: JSON = ["status": "hired", "reason": "Signed on paper."]
        try await company.admin.patch("/applications/\(application)/status", signed).expect(200)
        #expect(try await move("screening").code == "ILLEGAL_MOVE")
        let statuses = try await company.admin.get("/applications/\(application)/history").items.compactMap { $0["to"]?.string }
        #expect(statuses == ["rejected", "offer", "hired"])
    }

    @Test func `of two who move at once over what they saw, one wins`() async throws {
        let company = try await TestTenant().company()
        let (application, _) = try await company.job().application()
        let seen = ["If-Match": try #require(try await company.admin.get("/applications/\(application)").headers["etag"])]
        async let first = company.admin.patch("/applications/\(application)/status", ["status": "screening"], headers: seen)
        async let second = company.admin.patch("/applications/\(application)/status", ["status": "interview"], headers: seen)
        let statuses = try await [first.status, second.status].sorted()
        #expect(statuses == [200, 412])
    }

    @Test func `a withdrawal is the candidate's, and final`() async throws {
        let company = try await TestTenant().company()
        let (application, candidate) = try await company.job().application(at: "interview")
        let withdrawn = try await candidate.post("/applications/\(application)/withdraw", ["reason": "Found another."]).expect(200)
        #expect(withdrawn.data["category"] == "withdrawn")
        #expect(try await company.admin.patch("/applications/\(application)/status", ["status": "screening"]).code == "ILLEGAL_MOVE")
        #expect(try await candidate.post("/applications/\(application)/withdraw").code == "ILLEGAL_MOVE")
        let last = try await company.admin.get("/applications/\(application)/history").items.last
        #expect(last?["event"] == "application.withdrawn")
        #expect(last?["reason"] == "Found another.")
    }

    @Test func `many move, each by itself`() async throws {
        let company = try await TestTenant().company()
        let job = try await company.job()
        let (first, _) = try await job.application()
        let (second, _) = try await job.application(at: "screening")
        let foreign = try await TestTenant().company().job().application().id
        let missing = Identifier<Application>().description
        let ids: JSON = .array([first, second, foreign, missing].map { .string($0) })
        let results = try await company.admin.post("/applications/bulk-status", ["ids": ids, "status": "screening"]).expect(200)
        #expect(results.items.map { $0["id"] } == [.string(first), .string(second), .string(foreign), .string(missing)])
        #expect(results.items.map { $0["moved"] } == [true, false, false, false])
        #expect(results.items.map { $0["error"]?["code"] } == [nil, "ILLEGAL_MOVE", "APPLICATION_NOT_FOUND", "APPLICATION_NOT_FOUND"])
        #expect(try await company.admin.get("/applications/\(first)").data["status"] == "screening")
        let many = JSON.array((0..<101).map { _ in .string(Identifier<Application>().description) })
        let refused = try await company.admin.post("/applications/bulk-status", ["ids": many, "status": "screening"]).expect(400)
        #expect(refused.details["ids"] != nil)
    }

    @Test func `when many move, one that a rule refuses or that is named twice doesn't hold up the others`() async throws {
        let shop = try await RuleShop()
        try await shop.publish(
            """
            before("application.status_changing", function(event)
              if event.application.rating == 1 then return reject("Nobody liked it.") end
            end)
            """
        )
        let (job, company) = (shop.job, shop.job.company)
        let (first, _) = try await job.application()
        let (disliked, _) = try await job.application()
        let (last, _) = try await job.application()
        try await company.admin.post("/applications/\(disliked)/rate", ["rating": 1]).expect(200)
        let ids: JSON = .array([first, disliked, first, last].map { .string($0) })
        let results = try await company.admin.post("/applications/bulk-status", ["ids": ids, "status": "screening"]).expect(200)
        #expect(results.items.map { $0["moved"] } == [true, false, false, true])
        #expect(results.items.map { $0["error"]?["code"] } == [nil, "RULE_REJECTED", "ILLEGAL_MOVE", nil])
        for (id, events) in [(first, 2), (disliked, 1), (last, 2)] {
            let history = try await company.admin.get("/applications/\(id)/history").expect(200)
            #expect(history.items.filter { ["application.submitted", "application.status_changed"].contains($0["event"]) }.count == events)
            #expect(try await company.admin.get("/applications/\(id)").data["status"] == (events == 2 ? "screening" : "applied"))
        }
        #expect(try await company.admin.get("/applications/\(first)").data["version"] == 2)
    }

    @Test func `the history of an offer says what became of it`() async throws {
        let company = try await TestTenant().company()
        let (application, candidate) = try await company.job().application(at: "offer")
        let terms: JSON = ["baseSalary": ["amount": 1, "currency": "EUR"], "expiresAt": "2099-02-01T00:00:00Z"]
        let offer = try await company.admin.post("/applications/\(application)/offers", terms).expect(201)
        try await candidate.patch("/offers/\(offer.id)", ["status": "declined"]).expect(200)
        try await candidate.post("/applications/\(application)/withdraw").expect(200)
        let history = try await company.admin.get("/applications/\(application)/history").items.suffix(2)
        #expect(history.map { $0["event"] } == ["offer.changed", "application.withdrawn"])
        #expect(history.map { $0["from"] } == ["pending", "offer"])
        #expect(history.map { $0["to"] } == ["declined", "withdrawn"])
    }

    private static let questions: JSON = [
        ["key": "visa", "text": "Do you need a visa?", "kind": "yesNo", "disqualifying": ["yes"]],
        ["key": "years", "text": "How many years?", "kind": "number"],
        ["key": "shift", "text": "Which shift?", "kind": "singleChoice", "options": ["early", "late"], "isRequired": false],
    ]

    @Test func `answers are checked, and a disqualifying one marks and rejects nobody`() async throws {
        let company = try await TestTenant().company()
        let job = try await company.job(["questions": Self.questions])
        let candidate = try await company.tenant.candidate()
        func apply(_ answers: JSON) async throws -> Answer { try await candidate.post("/jobs/\(job.id)/apply", ["answers": answers]) }
        let missing = try await apply([["key": "shift", "value": "never"], ["key": "hobby", "value": "chess"]]).expect(400)
        #expect(Set(missing.details.names) == ["answers.visa", "answers.years", "answers.shift", "answers.1.key"])
        let wrong = try await apply([["key": "visa", "value": "perhaps"], ["key": "years", "value": "many"]]).expect(400)
        #expect(Set(wrong.details.names) == ["answers.visa", "answers.years"])
        let twice = try await apply([["key": "visa", "value": "no"], ["key": "visa", "value": "yes"], ["key": "years", "value": "3"]])
        #expect(twice.expect(400).details["answers.1.key"] != nil)
        let applied = try await apply([["key": "visa", "value": "Yes"], ["key": "years", "value": "3.5"]]).expect(201)
        #expect(applied.data["status"] == "applied")
        let seen = try await company.admin.get("/applications/\(applied.id)").expect(200)
        #expect(seen.data["disqualifiedBy"] == ["visa"])
        #expect(try await candidate.get("/applications/\(applied.id)").data["disqualifiedBy"] == [])
    }

    @Test func `ratings average over members, one each`() async throws {
        let company = try await TestTenant().company()
        let recruiter = try await company.recruiter()
        let (application, _) = try await company.job().application()
        try await company.admin.post("/applications/\(application)/rate", ["rating": 1]).expect(200)
        try await company.admin.post("/applications/\(application)/rate", ["rating": 2, "criteria": ["swift": 5]]).expect(200)
        let rated = try await recruiter.post("/applications/\(application)/rate", ["rating": 5]).expect(200)
        #expect(rated.data["rating"]?.double == 3.5)
        #expect(rated.data["ratings"] == 2)
        let bad = try await recruiter.post("/applications/\(application)/rate", ["rating": 6, "criteria": ["swift": 0]]).expect(400)
        for field in ["rating", "criteria.swift"] { #expect(bad.details[field] != nil) }
    }

    @Test func `a tag is there once, however often it is put on`() async throws {
        let company = try await TestTenant().company()
        let (application, _) = try await company.job().application()
        for tag in ["strong", "strong", "local"] {
            try await company.admin.post("/applications/\(application)/tags", ["tag": .string(tag)]).expect(200)
        }
        #expect(try await company.admin.get("/applications/\(application)").data["tags"] == ["strong", "local"])
    }

    @Test func `the board has a column for each stage and pages within one`() async throws {
        let company = try await TestTenant().company()
        let job = try await company.job()
        for _ in 0..<3 { _ = try await job.application() }
        _ = try await job.application(at: "interview")
        let board = try await company.admin.get("/jobs/\(job.id)/board?limit=2").expect(200)
        guard case .array(let columns)? = board.data["columns"] else { return #expect(Bool(false), "no columns") }
        #expect(columns.map { $0["count"]?.int } == [3, 0, 0, 1, 0, 0, 0, 0])
        #expect(columns.first?["cards"]?.items.count == 2)
        let rest = try await company.admin.get("/jobs/\(job.id)/board?stage=applied&limit=2&page=2").expect(200)
        #expect(rest.data["columns"]?.items.count == 1)
        #expect(rest.data["columns"]?[0]?["cards"]?.items.count == 1)
        #expect(rest.data["columns"]?[0]?["count"] == 3)
    }

    @Test func `each page of the board counts whole columns, and retired stages stay while somebody is in them`() async throws {
        let company = try await TestTenant().company()
        let job = try await company.job()
        for _ in 0..<3 { _ = try await job.application() }
        _ = try await job.application(at: "interview")
        try await company.tenant.execute(
            """
            UPDATE stages SET retired_at = now()
            WHERE tenant_id = \(company.tenant.id) AND key IN ('interview', 'assessment')
            """
        )
        for page in 1...4 {
            let board = try await company.admin.get("/jobs/\(job.id)/board?limit=2&page=\(page)").expect(200)
            let columns = board.data["columns"]?.items ?? []
            let counts = columns.map { "\($0["stage"]?["key"]?.string ?? "") \($0["count"]?.int ?? -1)" }
            #expect(counts.contains("applied 3") && counts.contains("interview 1"), "page \(page): \(counts)")
            #expect(!counts.contains { $0.hasPrefix("assessment") })
            #expect(columns.map { $0["cards"]?.items.count ?? 0 }.reduce(0, +) == [3, 1, 0, 0][page - 1])
        }
    }

    @Test func `a job's applications are filtered, sorted and paged`() async throws {
        let company = try await TestTenant().company()
        let job = try await company.job()
        let strong = try await company.tenant.candidate("Zoe")
        try await strong.patch("/candidates/me", ["skills": ["Swift", "PostgreSQL", "Redis"], "headline": "Backend engineer"]).expect(200)
        _ = try await job.application(at: "screening")
        let best = try await strong.post("/jobs/\(job.id)/apply").expect(201)
        let (rated, _) = try await job.application()
        try await company.admin.post("/applications/\(rated)/rate", ["rating": 5]).expect(200)
        func ids(_ query: String) async throws -> [String] {
            try await company.admin.get("/jobs/\(job.id)/applications?\(query)").expect(200).items.compactMap { $0["id"]?.string }
        }
        #expect(try await ids("sort=score").first == best.id)
        #expect(try await ids("sort=rating").first == rated)
        #expect(try await ids("").first == rated)
        #expect(try await ids("sort=oldest").last == rated)
        #expect(try await ids("status=screening").count == 1)
        #expect(try await ids("q=zoe") == [best.id])
        #expect(try await ids("q=postgresql") == [best.id])
        #expect(try await ids("minScore=50") == [best.id])
        #expect(try await ids("limit=2&page=2").count == 1)
        #expect(try await company.admin.get("/jobs/\(job.id)/applications?minScore=101").expect(400).details["minScore"] != nil)
    }

    @Test func `a question that people answered is listed once the job asks another`() async throws {
        let company = try await TestTenant().company()
        let question: [String: JSON] = ["key": "lift", "text": "Can you lift 20 kg?", "kind": "yesNo"]
        let job = try await company.job(["questions": [.object(question)]])
        for name in ["Ada", "Max"] {
            let candidate = try await company.tenant.candidate(name)
            try await candidate.post("/jobs/\(job.id)/apply", ["answers": [["key": "lift", "value": "yes"]]]).expect(201)
        }
        let path = "/jobs/\(job.id)/retired-questions"
        #expect(try await company.admin.get(path).expect(200).items.isEmpty)
        let changed = question.merging(["text": "Are you unable to lift 20 kg?"]) { $1 }
        try await company.admin.patch("/jobs/\(job.id)", ["questions": [.object(changed)]]).expect(200)
        let retired = try await company.admin.get(path).expect(200).items
        #expect(retired.map { $0["text"] } == ["Can you lift 20 kg?"])
        #expect(retired.first?["answers"] == 2 && retired.first?["kind"] == "yesNo")
        try await company.admin.patch("/jobs/\(job.id)", ["questions": []]).expect(200)
        #expect(try await company.admin.get(path).expect(200).items.count == 1)
    }

    @Test func `applications are found by words, source, skills, tags and what rules out`() async throws {
        let company = try await TestTenant().company()
        let question: JSON = ["key": "permit", "text": "May you work here?", "kind": "yesNo", "disqualifying": ["no"]]
        let job = try await company.job(["title": "Ingénieur réseau", "questions": [question]])
        let zoe = try await company.tenant.candidate("Zoë")
        try await zoe.patch("/candidates/me", ["skills": ["Swift", "PostgreSQL"], "headline": "Backend engineer"]).expect(200)
        let resume = try await zoe.upload("/resumes/upload", file: try Fixture.pdf, name: "cv.pdf").expect(201)
        try await eventually { try await zoe.get("/resumes/\(resume.id)").data["status"] == "parsed" }
        let text = try #require(
            try await zoe.get("/resumes/\(resume.id)").expect(200).data["parsed"]?["experience"]?[0]?["employer"]?.string
        )
        let first = try await zoe.post(
            "/jobs/\(job.id)/apply",
            ["resumeId": .string(resume.id), "source": "LinkedIn", "answers": [["key": "permit", "value": "yes"]]]
        ).expect(201)
        let max = try await company.tenant.candidate("Max")
        let second = try await max.post("/jobs/\(job.id)/apply", ["answers": [["key": "permit", "value": "no"]]]).expect(201)
        try await company.admin.post("/applications/\(second.id)/tags", ["tag": "Later"]).expect(200)
        func ids(_ path: String, by person: Person? = nil) async throws -> [String] {
            try await (person ?? company.admin).get(path).expect(200).items.compactMap { $0["id"]?.string }
        }
        let list = "/jobs/\(job.id)/applications"
        let word = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        for query in [
            "q=ZOE", "q=swift%20zoe", "q=\(word)", "q=zoe%20\(word)", "source=linkedin", "skills=SWIFT,postgresql", "isDisqualified=false",
        ] {
            #expect(try await ids("\(list)?\(query)") == [first.id], "\(query)")
        }
        #expect(try await ids("\(list)?skills=").count == 2)
        #expect(try await ids("\(list)?isDisqualified=true") == [second.id])
        #expect(try await ids("\(list)?tag=LATER") == [second.id])
        #expect(try await ids("\(list)?q=zoe%20max").isEmpty)
        #expect(try await ids("\(list)?category=applied").count == 2)
        #expect(try await ids("/applications?q=ingenieur%20zoe") == [first.id])
        #expect(try await ids("/applications?source=LINKEDIN") == [first.id])
        #expect(try await ids("/applications?isDisqualified=true") == [second.id])
        // Candidates don't find out what the employer thinks of them.
        #expect(try await ids("/applications?isDisqualified=true", by: max).isEmpty)
        #expect(try await ids("/applications?isDisqualified=false", by: max).isEmpty)
        let own = try #require(try await max.get("/applications").expect(200).items.first)
        #expect(own["isDisqualified"] ?? .null == .null)
        let shown = try #require(try await company.admin.get(list + "?isDisqualified=true").expect(200).items.first)
        #expect(shown["isDisqualified"] == true)
        #expect(shown["companyName"] == (try await company.admin.get("/companies/\(company.id)").expect(200).data["name"]))
        #expect(try await company.admin.get("/applications/\(first.id)").expect(200).data["companyName"] == shown["companyName"])
    }

    @Test func `others' ids in query and body are not found`() async throws {
        let company = try await TestTenant().company()
        let theirs = try await Furnished()
        let (application, candidate) = try await company.job().application()
        let foreignJob = try #require(theirs.ids("/jobs/{id}")?["id"])
        let foreignResume = try #require(theirs.ids("/resumes/{id}")?["id"])
        #expect(try await company.admin.get("/applications?jobId=\(foreignJob)").expect(200).items.isEmpty)
        #expect(try await company.admin.get("/jobs?companyId=\(theirs.company.id)").expect(200).items.isEmpty)
        let job = try await company.job()
        let refused = try await candidate.post("/jobs/\(job.id)/apply", ["resumeId": .string(foreignResume)]).expect(400)
        #expect(refused.details["resumeId"] != nil)
        let interview: JSON = [
            "kind": "phone", "startsAt": "2099-01-01T00:00:00Z", "durationMinutes": 30, "interviewers": [.string(theirs.candidate.id)],
        ]
        let uninvited = try await company.admin.post("/applications/\(application)/interviews", interview).expect(400)
        #expect(uninvited.details["interviewers"] != nil)
        let message = try await company.admin.post("/notifications", ["user": .string(theirs.candidate.id), "text": "Hello."])
        #expect(message.status == 400 || message.status == 404)
    }

    @Test func `an interview is scheduled, moved, scored once by each, and canceled`() async throws {
        let company = try await TestTenant().company()
        let manager = try await company.member("hiringManager")
        let (application, candidate) = try await company.job().application(at: "interview")
        let made = try await manager.post(
            "/applications/\(application)/interviews",
            [
                "kind": "video", "startsAt": "2099-01-05T09:00:00Z", "durationMinutes": 45, "meetingURL": "https://meet.example/1",
                "interviewers": [.string(manager.id)],
            ]
        ).expect(201)
        let invitation = try await company.tenant.server.letterbox.awaited(to: candidate.email, containing: "https://meet.example/1")
        #expect(invitation.contains("BEGIN:VCALENDAR") || invitation.contains("text/calendar"))
        let moved = try await manager.patch("/interviews/\(made.id)", ["startsAt": "2099-01-06T09:00:00Z", "feedback": "Prepare."]).expect(
            200
        )
        #expect(moved.data["version"] == 2)
        try await company.tenant.execute("UPDATE interviews SET starts_at = now() WHERE id = \(made.id)::uuid")
        try await manager.post("/interviews/\(made.id)/scorecards", ["recommendation": "strongYes", "ratings": ["swift": 5]]).expect(201)
        #expect(try await manager.post("/interviews/\(made.id)/scorecards", ["recommendation": "no"]).code == "SCORECARD_EXISTS")
        #expect(try await candidate.post("/interviews/\(made.id)/scorecards", ["recommendation": "yes"]).status == 403)
        let seen = try await candidate.get("/applications/\(application)/interviews").expect(200)
        #expect(seen.items.first?["scorecards"] == nil)
        #expect(seen.items.first?["interview"]?["feedback"] == nil)
        #expect(try await manager.get("/applications/\(application)/interviews").items.first?["scorecards"]?.items.count == 1)
        try await manager.patch("/interviews/\(made.id)", ["outcome": "cancelled"]).expect(200)
        #expect(try await manager.patch("/interviews/\(made.id)", ["outcome": "passed"]).code == "INTERVIEW_CANCELED")
        let past: JSON = ["kind": "phone", "startsAt": "2020-01-01T00:00:00Z", "durationMinutes": 30]
        #expect(try await manager.post("/applications/\(application)/interviews", past).expect(400).details["startsAt"] != nil)
    }

    @Test func `an offer is one at a time, negotiated by both sides and answered by the candidate`() async throws {
        let company = try await TestTenant().company()
        let recruiter = try await company.recruiter()
        let (application, candidate) = try await company.job().application(at: "offer")
        let terms: JSON = ["baseSalary": ["amount": 5_000_000, "currency": "EUR"], "expiresAt": "2099-01-01T00:00:00Z"]
        #expect(try await recruiter.post("/applications/\(application)/offers", terms).status == 403)
        let offer = try await company.admin.post("/applications/\(application)/offers", terms).expect(201)
        #expect(try await company.admin.post("/applications/\(application)/offers", terms).code == "OFFER_OPEN")
        let raise: JSON = ["baseSalary": ["amount": 9_000_000, "currency": "EUR"]]
        #expect(try await candidate.patch("/offers/\(offer.id)", raise).status == 403)
        try await candidate.patch("/offers/\(offer.id)", ["status": "negotiating", "message": "More, please."]).expect(200)
        #expect(try await candidate.patch("/offers/\(offer.id)", ["status": "accepted"]).code == "ILLEGAL_OFFER_STATUS")
        #expect(try await company.admin.patch("/offers/\(offer.id)", ["status": "accepted"]).code == "ILLEGAL_OFFER_STATUS")
        #expect(try await company.admin.patch("/offers/\(offer.id)", raise).expect(200).data["status"] == "pending")
        try await candidate.patch("/offers/\(offer.id)", ["status": "accepted", "version": 3]).expect(200)
        #expect(try await candidate.patch("/offers/\(offer.id)", ["status": "declined"]).code == "ILLEGAL_OFFER_STATUS")
        #expect(try await company.tenant.candidate("Eve").patch("/offers/\(offer.id)", ["status": "declined"]).status == 404)
    }

    @Test func `an offer that has expired can't be accepted`() async throws {
        let company = try await TestTenant().company()
        let (application, candidate) = try await company.job().application(at: "offer")
        let terms: JSON = ["baseSalary": ["amount": 1, "currency": "EUR"], "expiresAt": "2099-01-01T00:00:00Z"]
        let offer = try await company.admin.post("/applications/\(application)/offers", terms).expect(201)
        try await company.tenant.execute("UPDATE offers SET expires_at = created_at WHERE tenant_id = \(company.tenant.id)")
        #expect(try await candidate.patch("/offers/\(offer.id)", ["status": "accepted"]).code == "OFFER_EXPIRED")
    }
}

/// The pure rules.
@Suite struct HiringRulesTests {
    private static func stage(_ category: StageCategory) -> Stage {
        Stage(
            id: Identifier(),
            key: category.rawValue,
            name: category.rawValue,
            category: category,
            position: 0,
            candidateName: nil,
            retiredAt: nil
        )
    }

    @Test(arguments: StageCategory.allCases) func `an application moves only where its table says`(from: StageCategory) {
        let open: Set<StageCategory> = [.applied, .screening, .assessment, .interview, .offer, .rejected]
        let legal: Set<StageCategory> =
            switch from {
            case .hired, .withdrawn: []
            case .rejected: open.subtracting([.rejected])
            case .offer: open.union([.hired]).subtracting([.offer])
            case .applied, .screening, .assessment, .interview: open.subtracting([from])
            }
        for to in StageCategory.allCases {
            let can = Application.can(from, at: from.rawValue, moveTo: Self.stage(to))
            #expect(can == legal.contains(to), "\(from) to \(to)")
        }
    }

    @Test func `an offer becomes only what its table says`() {
        func next(_ status: OfferStatus, _ side: OfferSide) -> [OfferStatus] {
            OfferStatus.allCases.filter { status.canBecome($0, by: side) }
        }
        #expect(next(.pending, .candidate) == [.negotiating, .accepted, .declined])
        #expect(next(.negotiating, .candidate) == [.declined])
        #expect(next(.pending, .employer) == [.expired])
        #expect(next(.negotiating, .employer) == [.pending, .expired])
        #expect(next(.negotiating, .system) == [.expired])
        for status in [OfferStatus.accepted, .declined, .expired] {
            #expect(next(status, .candidate).isEmpty && next(status, .employer).isEmpty, "\(status)")
        }
    }
}
