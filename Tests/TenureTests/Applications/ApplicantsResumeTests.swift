import Foundation
import Kernel
import Postgres
import Testing

/// Whoever may view an application reads the resume it came with and how to reach the applicant; nobody else does.
@Suite struct ApplicantsResumeTests {
    private let company: TestCompany
    private let candidate: Person
    private let resume: String
    private let other: String
    private let application: String

    init() async throws {
        company = try await TestTenant().company()
        candidate = try await company.tenant.candidate()
        resume = try await candidate.upload("/resumes/upload", file: try Fixture.pdf, name: "cv.pdf").expect(201).id
        other = try await candidate.upload("/resumes/upload", file: try Fixture.pdf, name: "other.pdf").expect(201).id
        let reader = candidate
        for id in [resume, other] {
            try await eventually(within: .seconds(90)) { try await reader.get("/resumes/\(id)").data["status"] == "parsed" }
        }
        let letter: JSON = ["resumeId": .string(resume), "coverLetter": "Write to ada@private.example, or call 0176 12345678."]
        application = try await candidate.post("/jobs/\(try await company.job().id)/apply", letter).expect(201).id
    }

    private func statuses(_ person: Person, of resume: String) async throws -> [Int] {
        [try await person.get("/resumes/\(resume)").status, try await person.get("/resumes/\(resume)/file").status]
    }

    @Test func `everybody who may view an application reads and downloads exactly its resume`() async throws {
        let people = [
            company.admin, try await company.recruiter(), try await company.member("hiringManager"), try await company.tenant.admin(),
        ]
        for person in people {
            let seen = try await person.get("/resumes/\(resume)").expect(200)
            #expect(seen.data["parsed"]?["emails"]?.items.isEmpty == false)
            let file = try await person.get("/resumes/\(resume)/file").expect(200)
            #expect(file.bytes == (try Fixture.pdf))
            #expect(try await statuses(person, of: other) == [404, 404])
        }
        #expect(try await statuses(candidate, of: other) == [200, 200])
    }

    @Test func `whoever may not view the application reads no resume of its candidate`() async throws {
        let rival = try await company.tenant.company("Southwind")
        let strangers = [rival.admin, try await company.tenant.candidate("Eve"), try await company.tenant.employer()]
        for person in strangers { #expect(try await statuses(person, of: resume) == [404, 404]) }
        let visitor = company.tenant.visitor()
        #expect(try await statuses(visitor, of: resume) == [401, 401])
        #expect(try await company.admin.get("/candidates/me/resumes/\(resume)").status == 403)
    }

    @Test func `an application that came with no resume opens none`() async throws {
        let bare = try await candidate.post("/jobs/\(try await company.job().id)/apply").expect(201)
        #expect(bare.data["resumeId"] == nil)
        #expect(try await statuses(company.admin, of: other) == [404, 404])
        #expect(try await company.admin.get("/applications/\(bare.id)").data["contact"]?["email"]?.string == candidate.email)
    }

    @Test func `the resume stays with the application after a withdrawal, and whatever the candidate hides`() async throws {
        try await candidate.patch("/candidates/me", ["jobSearchMode": "hidden"]).expect(200)
        #expect(try await statuses(company.admin, of: resume) == [200, 200])
        try await candidate.post("/applications/\(application)/withdraw").expect(200)
        #expect(try await statuses(company.admin, of: resume) == [200, 200])
    }

    @Test func `an erased application gives neither resume nor contact data away`() async throws {
        let tenant = company.tenant
        try await tenant.execute(
            """
            UPDATE applications SET applicant = jsonb_set(applicant, '{name}', '"[erased]"')
            WHERE tenant_id = \(tenant.id) AND id = \(application)::uuid
            """
        )
        #expect(try await statuses(company.admin, of: resume) == [404, 404])
        #expect(try await company.admin.get("/applications/\(application)").data["contact"] == nil)
        #expect(try await statuses(candidate, of: resume) == [200, 200])
    }

    @Test func `letter and contact data of an applicant are given as they are, to members alone`() async throws {
        let parsed = try await candidate.get("/resumes/\(resume)").data["parsed"]
        let phones = parsed?["phones"]?.items.compactMap { $0["value"]?.string } ?? []
        #expect(!phones.isEmpty)
        let seen = try await company.admin.get("/applications/\(application)").expect(200)
        #expect(seen.data["coverLetter"] == "Write to ada@private.example, or call 0176 12345678.")
        #expect(seen.data["contact"]?["email"]?.string == candidate.email)
        #expect(seen.data["contact"]?["phones"]?.items.compactMap(\.string) == phones)
        #expect(seen.data["contact"]?["isMasked"] == false)
        #expect(try await candidate.get("/applications/\(application)").expect(200).data["contact"] == nil)
    }
}
