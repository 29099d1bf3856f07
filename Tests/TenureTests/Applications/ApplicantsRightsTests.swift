import Foundation
import Identity
import Kernel
import Postgres
import Testing

@testable import tenure

/// What neither races nor double roles may cause: members who apply themselves, offers on what is over, conflicting changes.
@Suite struct ApplicantsRightsTests {
    @Test func `whoever applies to their own company is a candidate there like any other`() async throws {
        let company = try await TestTenant().company()
        let recruiter = try await company.recruiter()
        let job = try await company.job()
        try await company.tenant.execute(
            "UPDATE users SET roles = '{employer,candidate}' WHERE tenant_id = \(company.tenant.id) AND id = \(recruiter.id)::uuid"
        )
        let insider = try await recruiter.signInAgain()
        company.tenant.server.composition.identity.standingChanged(try #require(Identifier<User>(recruiter.id)))
        let own = try await insider.post("/jobs/\(job.id)/apply").expect(201).id
        let other = try await job.application().id
        try await company.admin.post("/applications/\(own)/notes", ["text": "Not ready for it."]).expect(201)
        try await company.admin.post("/applications/\(own)/rate", ["rating": 2]).expect(200)
        let seen = try await insider.get("/applications/\(own)").expect(200)
        #expect(seen.data["notes"] == nil)
        #expect(seen.data["rating"] == nil)
        #expect(try await insider.get("/applications/\(own)/notes").status == 404)
        #expect(try await insider.get("/applications/\(own)/history").items.map { $0["event"] } == ["application.submitted"])
        #expect(try await insider.patch("/applications/\(own)/status", ["status": "offer"]).code == "APPLICATION_NOT_FOUND")
        #expect(try await insider.get("/jobs/\(job.id)/applications").items.map { $0["id"]?.string } == [other])
        #expect(try await insider.get("/jobs/\(job.id)/board").data["columns"]?[0]?["count"] == 1)
        try await insider.patch("/applications/\(other)/status", ["status": "screening"]).expect(200)
    }

    @Test func `an offer ends with its application`() async throws {
        let company = try await TestTenant().company()
        let (application, candidate) = try await company.job().application(at: "offer")
        let terms: JSON = ["baseSalary": ["amount": 5_000_000, "currency": "EUR"], "expiresAt": "2099-01-01T00:00:00Z"]
        let offer = try await company.admin.post("/applications/\(application)/offers", terms).expect(201)
        try await company.admin.patch("/applications/\(application)/status", ["status": "rejected"]).expect(200)
        #expect(try await candidate.patch("/offers/\(offer.id)", ["status": "accepted"]).code == "APPLICATION_ENDED")
        #expect(try await candidate.patch("/offers/\(offer.id)", ["status": "negotiating"]).code == "APPLICATION_ENDED")
        #expect(try await company.admin.patch("/offers/\(offer.id)", ["bonus": 1]).code == "APPLICATION_ENDED")
        try await company.admin.patch("/offers/\(offer.id)", ["status": "expired"]).expect(200)
    }

    @Test func `new terms go before the rules as the first ones did`() async throws {
        let shop = try await RuleShop()
        try await shop.publish(
            """
            before("offer.making", function(event)
              if event.offer.baseSalary > 6000000 then return reject("Beyond the ceiling.") end
            end)
            """
        )
        let (application, candidate) = try await shop.job.application(at: "offer")
        let terms: JSON = ["baseSalary": ["amount": 5_000_000, "currency": "EUR"], "expiresAt": "2099-01-01T00:00:00Z"]
        let offer = try await shop.job.company.admin.post("/applications/\(application)/offers", terms).expect(201)
        let raise: JSON = ["baseSalary": ["amount": 9_000_000, "currency": "EUR"]]
        #expect(try await shop.job.company.admin.patch("/offers/\(offer.id)", raise).expect(422).message == "Beyond the ceiling.")
        try await candidate.patch("/offers/\(offer.id)", ["status": "accepted"]).expect(200)
        let agreed = try await candidate.get("/applications/\(application)/offers").items.first
        #expect(agreed?["baseSalary"]?["amount"] == 5_000_000)
    }

    @Test func `a canceled interview stays canceled, whoever changed it at the same time`() async throws {
        let company = try await TestTenant().company()
        let tenant = company.tenant
        let (application, _) = try await company.job().application(at: "interview")
        let interview = try await company.admin.post(
            "/applications/\(application)/interviews",
            ["kind": "phone", "startsAt": "2099-01-05T09:00:00Z", "durationMinutes": 30]
        ).expect(201).id
        let changes = try await tenant.server.inspector.transaction { transaction in
            _ = try await transaction.query(
                "SELECT id FROM applications WHERE tenant_id = \(tenant.id) AND id = \(application)::uuid FOR UPDATE"
            )
            let cancelling = Task { try await company.admin.patch("/interviews/\(interview)", ["outcome": "cancelled"]) }
            try await tenant.blocked(like: "%FROM applications%FOR UPDATE%")
            let moving = Task { try await company.admin.patch("/interviews/\(interview)", ["durationMinutes": 45]) }
            try await tenant.blocked(2, like: "%FOR UPDATE%")
            return [cancelling, moving]
        }
        #expect(try await changes[0].value.status == 200)
        #expect(try await changes[1].value.code == "INTERVIEW_CANCELED")
        let seen = try await company.admin.get("/applications/\(application)/interviews").expect(200).items
        #expect(seen.map { $0["outcome"] } == ["cancelled"])
    }

    @Test func `only people of the company interview for it`() async throws {
        let company = try await TestTenant().company()
        let rival = try await company.tenant.company("Southwind")
        let manager = try await company.member("hiringManager")
        let (application, _) = try await company.job().application(at: "interview")
        func invite(_ person: Person) async throws -> Answer {
            try await company.admin.post(
                "/applications/\(application)/interviews",
                ["kind": "phone", "startsAt": "2099-01-05T09:00:00Z", "durationMinutes": 30, "interviewers": [.string(person.id)]]
            )
        }
        for person in [rival.admin, try await company.tenant.candidate()] {
            #expect(try await invite(person).expect(400).details["interviewers"] != nil)
        }
        try await invite(manager).expect(201)
        try await invite(try await company.tenant.admin()).expect(201)
    }

    @Test func `anything that somebody else may click is a web address`() async throws {
        let company = try await TestTenant().company()
        let (application, candidate) = try await company.job().application(at: "interview")
        let meeting: JSON = [
            "kind": "video", "startsAt": "2099-01-05T09:00:00Z", "durationMinutes": 30, "meetingURL": "javascript:alert(document.cookie)",
        ]
        #expect(try await company.admin.post("/applications/\(application)/interviews", meeting).expect(400).details["meetingURL"] != nil)
        let resume = try await candidate.upload(
            "/resumes/upload",
            file: Data("%PDF-1.4".utf8),
            name: "cv.pdf",
            fields: ["linkedinUrl": "javascript:alert(1)"]
        )
        #expect(resume.expect(400).details["linkedinUrl"] != nil)
    }

    @Test func `a resume that is never read holds up no application for ever`() async throws {
        let company = try await TestTenant().company()
        let (tenant, job, candidate) = (company.tenant, try await company.job(), try await company.tenant.candidate())
        let resume = Identifier<Company>()
        try await tenant.execute(
            """
            INSERT INTO resumes (
                tenant_id, id, candidate_id, title, status, file_name, media_type, size, blob_key, text, links, created_at, updated_at
            )
            VALUES (\(tenant.id), \(resume), \(candidate.id)::uuid, 'CV', 'uploaded', 'cv.pdf', 'application/pdf', 1, '', '', '{}', now(), now())
            """
        )
        let applied = try await candidate.post("/jobs/\(job.id)/apply", ["resumeId": .string(resume.description)]).expect(201)
        #expect(applied.data["atsScore"] == nil)
        try await tenant.execute(
            "UPDATE applications SET applied_at = applied_at - interval '1 hour' WHERE tenant_id = \(tenant.id)"
        )
        try await eventually { try await candidate.get("/applications/\(applied.id)").data["atsScore"] != nil }
        let history = try await company.admin.get("/applications/\(applied.id)/history").expect(200)
        #expect(history.items.map { $0["event"] } == ["application.submitted"])
    }
}
