import Foundation
import Kernel
import Postgres
import Testing

/// Candidates are told how their application goes, and members of replies: inside the product and by mail, as they prefer.
@Suite struct NewsTests {
    @Test func `a candidate is told from the receipt to the hire, each time once`() async throws {
        let desk = try await Desk()
        let (application, candidate) = try await desk.job.application()
        try await desk.expect(candidate, "Your application for Backend engineer at Northwind Logistics", kind: "application")
        try await desk.recruiter.patch("/applications/\(application)/status", ["status": "offer"]).expect(200)
        let offer = try await desk.offer(application, until: "2099-02-01T00:00:00Z")
        let mail = try await desk.expect(candidate, "An offer for Backend engineer", kind: "offer")
        #expect(mail.contains("Sunday, February 1, 2099 at 12:00 AM (UTC)"), "\(mail)")
        try await candidate.patch("/offers/\(offer)", ["status": "accepted"]).expect(200)
        try await desk.recruiter.patch("/applications/\(application)/status", ["status": "hired"]).expect(200)
        try await desk.expect(candidate, "Welcome to Northwind Logistics", kind: "application")
        try await desk.settle()
        #expect(try await desk.letters(to: candidate).count == 3)
        #expect(try await candidate.get("/notifications").items.count == 3)
    }

    @Test func `a rejection is told in the candidate's language, from the company's own text`() async throws {
        let desk = try await Desk()
        let path = "/companies/\(desk.company.id)/letters/rejected"
        let german: JSON = [
            "subject": "Absage: {{job}}",
            "body": "Liebe(r) {{candidate}},\n\nleider nein, sagt {{ company }}. <b>Alles Gute</b>",
        ]
        let written = try await desk.company.admin.put("\(path)/de", german).expect(200)
        #expect(written.data["isOwn"] == true && written.data["placeholders"]?.items == ["candidate", "job", "company"])
        let (application, candidate) = try await desk.job.application(at: "screening")
        try await candidate.patch("/users/me", ["locale": "de-CH", "firstName": "Zoë {{job}}", "lastName": "Test"]).expect(200)
        try await desk.recruiter.patch("/applications/\(application)/status", ["status": "rejected"]).expect(200)
        let mail = try await desk.expect(candidate, "Absage: Backend engineer", kind: "application")
        #expect(mail.contains("Liebe(r) Zoë {{job}} Test,"), "\(mail)")
        #expect(mail.contains("leider nein, sagt Northwind Logistics.") && mail.contains("&lt;b&gt;Alles Gute&lt;/b&gt;"), "\(mail)")

        let (other, english) = try await desk.job.application()
        try await desk.recruiter.patch("/applications/\(other)/status", ["status": "rejected"]).expect(200)
        _ = try await desk.company.tenant.server.letterbox.awaited(to: english.email, containing: "go on with other candidates")
        let standard = try await desk.company.admin.delete("\(path)/de").expect(200)
        #expect(standard.data["isOwn"] == false)
    }

    @Test func `a delayed rejection can be taken back unseen, and goes out when it is due`() async throws {
        let desk = try await Desk()
        try await desk.company.admin.patch("/companies/\(desk.company.id)/letters/rejected", ["delayMinutes": 120]).expect(200)
        let (undone, lucky) = try await desk.job.application()
        let (final, unlucky) = try await desk.job.application()
        for application in [undone, final] {
            try await desk.recruiter.patch("/applications/\(application)/status", ["status": "rejected"]).expect(200)
        }
        try await desk.settle()
        try await desk.recruiter.patch("/applications/\(undone)/status", ["status": "screening"]).expect(200)
        #expect(try await desk.letters(to: unlucky).count == 1)
        // Two hours later.
        try await desk.company.admin.patch("/companies/\(desk.company.id)/letters/rejected", ["delayMinutes": 0]).expect(200)
        try await desk.company.tenant.execute(
            "UPDATE work SET run_at = now() WHERE tenant_id = \(desk.company.tenant.id) AND name = 'applications.tellPeople'"
        )
        _ = try await desk.company.tenant.server.letterbox.awaited(to: unlucky.email, containing: "go on with other candidates")
        try await desk.settle()
        #expect(try await desk.letters(to: lucky).count == 1)
        #expect(try await desk.letters(to: unlucky).count == 2)
    }

    @Test func `a move is told in the candidate's words for the stage, where the company shows it`() async throws {
        let company = try await TestTenant().company()
        let stages: JSON = [
            ["name": "Applied", "category": "applied"], ["name": "CV triage", "category": "screening"],
            ["name": "Bar raiser", "category": "interview", "candidateName": "Getting to know the team"],
        ]
        let pipeline = try await company.admin.post("/pipelines", ["name": "Ours", "stages": stages]).expect(201)
        #expect(pipeline.data["stages"]?[2]?["candidateName"] == "Getting to know the team")
        let job = try await company.job(["pipelineId": .string(pipeline.id)])
        let desk = try await Desk(job)
        let (application, candidate) = try await job.application()
        for stage in ["cv-triage", "bar-raiser"] {
            try await desk.recruiter.patch("/applications/\(application)/status", ["status": .string(stage)]).expect(200)
        }
        let mail = try await desk.expect(candidate, "News of your application", kind: "application")
        #expect(mail.contains("Getting to know the team") && !mail.contains("Bar raiser"), "\(mail)")
        try await desk.settle()
        #expect(try await desk.letters(to: candidate).count == 2)
        let renamed: JSON = .array(
            (pipeline.data["stages"]?.items ?? []).prefix(3).map {
                ["id": $0["id"] ?? .null, "name": $0["name"] ?? .null, "category": $0["category"] ?? .null]
            }
        )
        let changed = try await company.admin.patch("/pipelines/\(pipeline.id)", ["stages": renamed]).expect(200)
        #expect(changed.data["stages"]?[2]?["candidateName"] == "Getting to know the team")
    }

    @Test func `everybody hears in the ways they prefer`() async throws {
        let desk = try await Desk()
        let candidate = try await desk.company.tenant.candidate()
        let wishes: JSON = [["kind": "application", "inApp": true, "email": false], ["kind": "offer", "inApp": false, "email": true]]
        try await candidate.put("/notifications/preferences", ["preferences": wishes]).expect(200)
        let application = try await candidate.post("/jobs/\(desk.job.id)/apply").expect(201).id
        try await desk.recruiter.patch("/applications/\(application)/status", ["status": "offer"]).expect(200)
        _ = try await desk.offer(application, until: "2099-02-01T00:00:00Z")
        _ = try await desk.company.tenant.server.letterbox.awaited(to: candidate.email, containing: "An offer for Backend engineer")
        try await desk.settle()
        #expect(try await desk.letters(to: candidate).count == 1)
        #expect(try await candidate.get("/notifications").items.map { $0["kind"] } == ["application"])

        let silent = try await desk.company.tenant.candidate()
        try await silent.patch("/users/me", ["settings": ["notifications": ["email": false]]]).expect(200)
        try await silent.post("/jobs/\(desk.job.id)/apply").expect(201)
        try await eventually(within: .seconds(90)) { try await !silent.get("/notifications").items.isEmpty }
        try await desk.settle()
        #expect(try await desk.letters(to: silent).isEmpty)
    }

    @Test func `whoever has not confirmed their address yet hears of their application all the same`() async throws {
        let desk = try await Desk()
        let candidate = try await desk.company.tenant.register("candidate")
        let application = try await candidate.post("/jobs/\(desk.job.id)/apply").expect(201).id
        try await desk.recruiter.patch("/applications/\(application)/status", ["status": "rejected"]).expect(200)
        _ = try await desk.company.tenant.server.letterbox.awaited(to: candidate.email, containing: "go on with other candidates")
        #expect(try await desk.letters(to: candidate).count == 2)
    }

    @Test func `a company can leave a letter out, and nobody who is gone gets one`() async throws {
        let desk = try await Desk()
        try await desk.company.admin.patch("/companies/\(desk.company.id)/letters/applied", ["isSent": false]).expect(200)
        let (application, candidate) = try await desk.job.application()
        try await desk.settle()
        #expect(try await desk.letters(to: candidate).isEmpty)
        #expect(try await candidate.get("/notifications").items.isEmpty)
        let tenant = desk.company.tenant
        try await tenant.execute("UPDATE users SET status = 'deactivated' WHERE tenant_id = \(tenant.id) AND id = \(candidate.id)::uuid")
        try await desk.recruiter.patch("/applications/\(application)/status", ["status": "rejected"]).expect(200)
        try await desk.settle()
        #expect(try await desk.letters(to: candidate).isEmpty)
    }

    @Test func `members whom it concerns are told of replies, once and in their language`() async throws {
        let desk = try await Desk()
        let bystander = try await desk.company.recruiter()
        try await desk.company.admin.patch("/users/me", ["locale": "de"]).expect(200)
        let (application, candidate) = try await desk.job.application(at: "offer")
        let offer = try await desk.offer(application, until: "2099-02-01T00:00:00Z")
        try await candidate.patch("/offers/\(offer)", ["status": "negotiating", "message": "A car?"]).expect(200)
        try await candidate.patch("/offers/\(offer)", ["status": "declined"]).expect(200)
        try await candidate.post("/applications/\(application)/withdraw", ["reason": "Moving."]).expect(200)
        func replies(_ person: Person) async throws -> [String] {
            try await person.get("/notifications").items.filter { $0["kind"] == "reply" }.compactMap { $0["text"]?.string }
        }
        let admin = desk.company.admin
        try await eventually(within: .seconds(90)) { try await replies(admin).count >= 3 }
        try await desk.settle()
        let german = [
            "Ada Tester möchte über das Angebot verhandeln: Backend engineer.", "Ada Tester hat das Angebot abgelehnt: Backend engineer.",
            "Ada Tester hat die Bewerbung zurückgezogen: Backend engineer.",
        ]
        #expect(try await Set(replies(admin)) == Set(german))
        #expect(try await replies(admin).count == 3)
        for other in [bystander, candidate] { #expect(try await replies(other).isEmpty) }
        _ = try await desk.company.tenant.server.letterbox.awaited(to: admin.email, containing: "hat das Angebot abgelehnt")
    }

    @Test func `a text names only what there is, and is seen before it is sent`() async throws {
        let desk = try await Desk()
        let path = "/companies/\(desk.company.id)/letters/offered"
        let admin = desk.company.admin
        let bad = try await admin.put("\(path)/en", ["subject": "{{salary}}", "body": "Until {{expires}} {{"]).expect(400)
        #expect(bad.details["subject"]?.string?.contains("{{salary}}") == true && bad.details["body"] != nil)
        let draft: JSON = ["language": "en", "subject": "For {{candidate}}", "body": "One.\n\nUntil {{expires}}."]
        let preview = try await admin.post("\(path)/preview", draft).expect(200)
        #expect(preview.data["subject"] == "For Ada Lovelace" && preview.data["html"]?.string?.contains("Until ") == true)
        #expect(try await desk.current("offered")["isOwn"] == false)
        try await admin.post("\(path)/test", draft).expect(202)
        _ = try await desk.company.tenant.server.letterbox.awaited(to: admin.email, containing: "Subject: For Ada Lovelace")
        let text: JSON = ["subject": "For {{candidate}}", "body": "One."]
        #expect(try await desk.recruiter.put("\(path)/en", text).status == 403)
        #expect(
            try await admin.patch("/companies/\(desk.company.id)/letters/invited", ["isSent": false]).expect(400).details["kind"] != nil
        )
        #expect(try await admin.put("/companies/\(desk.company.id)/letters/nonsense/en", text).status == 400)
        let rival = try await desk.company.tenant.company("Southwind")
        #expect(try await rival.admin.get("/companies/\(desk.company.id)/letters").status == 403)
        #expect(try await TestTenant().company().admin.get("/companies/\(desk.company.id)/letters").code == "COMPANY_NOT_FOUND")
    }

    @Test func `an invitation opens with the company's own words`() async throws {
        let scene = try await InterviewScene()
        let own: JSON = ["subject": "unused", "body": "Dear {{candidate}},\n\ncome and see us on {{time}}."]
        try await scene.company.admin.put("/companies/\(scene.company.id)/letters/invited/en", own).expect(200)
        let interview = try await scene.schedule([], ["startsAt": "2099-07-06T09:00:00Z"]).expect(201)
        let mail = try await scene.mails(to: scene.candidate, about: interview)[0]
        #expect(mail.text.contains("Dear Ada Tester,"), "\(mail.text)")
        #expect(mail.text.contains("come and see us on Monday, July 6, 2099 at 9:00 AM (UTC)."))
        #expect(!mail.text.contains("you are invited to an interview"))
        #expect(mail.text.contains("Subject: Technical interview"))
    }
}

/// A company's recruiter and a job, and the letters that its candidates get.
private struct Desk {
    let job: TestJob
    let recruiter: Person

    var company: TestCompany { job.company }

    init(_ job: TestJob? = nil) async throws {
        if let job { self.job = job } else { self.job = try await TestTenant().company().job() }
        recruiter = try await self.job.company.recruiter()
    }

    func offer(_ application: String, until expiresAt: JSON) async throws -> String {
        try await company.admin.post(
            "/applications/\(application)/offers",
            ["baseSalary": ["amount": 8_200_000, "currency": "EUR"], "expiresAt": expiresAt]
        ).expect(201).id
    }

    /// The mail and the notification with this subject.
    @discardableResult
    func expect(_ person: Person, _ subject: String, kind: JSON) async throws -> String {
        let mail = try await company.tenant.server.letterbox.awaited(to: person.email, containing: "Subject: \(subject)")
        let seen = try await person.get("/notifications").expect(200)
        #expect(seen.items.contains { $0["kind"] == kind && $0["text"]?.string?.hasPrefix(subject) == true }, "\(seen.items)")
        return mail
    }

    func letters(to person: Person) async throws -> [Letterbox.Mail] {
        try await company.tenant.server.letterbox.all(to: person.email).filter { $0.text.contains("Message-ID: <letter-") }
    }

    func current(_ kind: JSON) async throws -> JSON {
        let list = try await company.admin.get("/companies/\(company.id)/letters").expect(200)
        return list.items.first { $0["kind"] == kind && $0["language"] == "en" } ?? .null
    }

    /// Waits until nobody is to be told anything now.
    func settle() async throws {
        try await eventually(within: .seconds(90)) {
            try await company.tenant.count(
                """
                SELECT count(*)
                FROM work
                WHERE tenant_id = \(company.tenant.id) AND run_at <= now()
                    AND name IN ('applications.tellPeople', 'notifications.send')
                """
            ) == 0
        }
    }
}
