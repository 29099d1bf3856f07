import Foundation
import Kernel
import Testing

/// To people who may not see a candidate, the candidate doesn't exist, whatever endpoint they try.
@Suite struct HiddenCandidatesTests {
    /// What a person gets from every endpoint that takes a user's id.
    private func seen(_ id: String, by person: Person) async throws -> [String: String] {
        var answers: [String: String] = [:]
        for path in ["profile-picture", "presence"] {
            let answer = try await person.get("/users/\(id)/\(path)")
            answers[path] = answer.status == 200 ? "200" : "\(answer.status) \(answer.code ?? "") \(answer.message ?? "")"
        }
        let profile = try await person.get("/candidates/\(id)")
        if profile.status != 403 { answers["candidate"] = "\(profile.status) \(profile.code ?? "")" }
        let bulk = try await person.get("/presence/users?ids=\(person.id),\(id)").expect(200)
        answers["presence of many"] = bulk.items.map { $0["userId"]?.string == id ? "them" : "me" }.joined(separator: " ")
        return answers
    }

    @Test func `a hidden candidate is unknown, except to companies they applied to`() async throws {
        let company = try await TestTenant().company()
        let tenant = company.tenant
        let rival = try await tenant.company("Southwind")
        let hidden = try await tenant.candidate().inPool()
        try await hidden.upload("/users/me/profile-picture", file: Fixture.png, name: "me.png").expect(200)
        try await hidden.post("/users/me/heartbeat").expect(200)
        #expect(try await seen(hidden.id, by: rival.admin)["presence"] == "200")
        try await hidden.post("/jobs/\(company.job().id)/apply").expect(201)
        try await hidden.patch("/candidates/me", ["jobSearchMode": "hidden"]).expect(200)
        let strangers = [rival.admin, try await tenant.employer(), try await tenant.candidate(), try await rival.recruiter()]
        for stranger in strangers {
            let (theirs, nobodys) = (try await seen(hidden.id, by: stranger), try await seen(Identifier<User>().description, by: stranger))
            #expect(theirs == nobodys)
            #expect(theirs["presence of many"] == "me")
        }
        let found = try await rival.admin.get("/candidates/search?limit=100").expect(200).items
        #expect(!found.contains { $0["id"]?.string == hidden.id })
        for friend in [hidden, company.admin, try await tenant.admin()] {
            #expect(try await friend.get("/users/\(hidden.id)/profile-picture").status == 200)
            #expect(try await friend.get("/users/\(hidden.id)/presence").expect(200).data["state"] == "online")
        }
    }

    @Test func `candidates don't see one another, and see who works here`() async throws {
        let company = try await TestTenant().company()
        let (ada, bo) = (try await company.tenant.candidate("Ada"), try await company.tenant.candidate("Bo"))
        #expect(try await seen(bo.id, by: ada) == seen(Identifier<User>().description, by: ada))
        try await ada.get("/users/\(company.admin.id)/presence").expect(200)
        try await ada.get("/users/\(ada.id)/presence").expect(200)
    }

    @Test func `what employers see of a candidate has a version of its own`() async throws {
        let company = try await TestTenant().company()
        let ada = try await company.tenant.candidate().inPool()
        try await ada.patch("/candidates/me", ["headline": "Welder"]).expect(200)
        func version() async throws -> JSON? { try await company.admin.get("/candidates/\(ada.id)").expect(200).data["version"] }
        let before = try await version()
        try await ada.patch("/candidates/me", ["preferences": ["titles": ["Foreman"], "minimumSalary": ["amount": 1, "currency": "EUR"]]])
            .expect(200)
        try await ada.patch("/candidates/me", ["jobSearchMode": "hidden"]).expect(200)
        try await ada.patch("/candidates/me", ["jobSearchMode": "passive"]).expect(200)
        #expect(try await version() == before)
        #expect(try await ada.get("/candidates/me").data["version"] == 5)
        try await ada.patch("/candidates/me", ["headline": "Foreman"]).expect(200)
        #expect(try await version() != before)
    }

    @Test func `an application's version and time reveal nothing of the employer's to its candidate`() async throws {
        let company = try await TestTenant().company()
        let job = try await company.job()
        let (application, candidate) = try await job.application()
        func seen() async throws -> JSON {
            let one = try await candidate.get("/applications/\(application)").expect(200)
            let line = try await candidate.get("/applications").expect(200).items.first
            return [
                one.data["version"] ?? .null, one.data["updatedAt"] ?? .null, line?["updatedAt"] ?? .null,
                .string(one.headers["etag"] ?? ""),
            ]
        }
        let before = try await seen()
        try await company.admin.post("/applications/\(application)/tags", ["tag": "maybe"]).expect(200)
        try await company.admin.post("/applications/\(application)/rate", ["rating": 2]).expect(200)
        try await company.admin.post("/applications/\(application)/notes", ["text": "Hm."]).expect(201)
        #expect(try await seen() == before)
        #expect(try await company.admin.get("/applications/\(application)").data["version"] == 3)
        try await company.admin.patch("/applications/\(application)/status", ["status": "screening"]).expect(200)
        #expect(try await seen() != before)
    }
}
