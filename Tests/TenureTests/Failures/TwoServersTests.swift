import Foundation
import Kernel
import Postgres
import Testing

@testable import tenure

/// Two servers on one database: a change on one takes effect on the other at once, long before any cache expires.
@Suite struct TwoServersTests {
    private func at(_ server: TestServer, _ person: Person) -> Person {
        Person(
            server: server,
            tenant: person.tenant,
            token: person.token,
            refreshToken: person.refreshToken,
            id: person.id,
            email: person.email
        )
    }

    @Test func `a sign-out or a suspension on one ends the session on the other`() async throws {
        let company = try await TestTenant().company()
        let second = try await TestServer.second
        let (ada, bo) = (try await company.tenant.candidate("Ada"), try await company.recruiter())
        for person in [ada, bo] { try await at(second, person).get("/users/me").expect(200) }
        try await ada.post("/auth/logout").expect(204)
        try await company.tenant.admin().patch("/admin/users/\(bo.id)", ["status": "deactivated"]).expect(200)
        for person in [ada, bo] {
            try await eventually(within: .seconds(25)) { try await at(second, person).get("/users/me").status == 401 }
        }
    }

    @Test func `a rule published on one judges on the other`() async throws {
        let shop = try await RuleShop()
        let (application, _) = try await shop.job.application()
        let elsewhere = at(try await TestServer.second, shop.recruiter)
        try await elsewhere.patch("/applications/\(application)/status", ["status": "screening"]).expect(200)
        try await shop.publish("before('application.status_changing', function(event) return reject('Not today.') end)")
        try await eventually(within: .seconds(25)) {
            try await elsewhere.patch("/applications/\(application)/status", ["status": "interview"]).status == 422
        }
    }

    @Test func `a key used on both at the same time has one effect`() async throws {
        let company = try await TestTenant().company()
        let second = try await TestServer.second
        let (application, _) = try await company.job().application()
        let key = ["Idempotency-Key": UUID().uuidString]
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            for number in 0..<32 {
                let admin = number.isMultiple(of: 2) ? company.admin : at(second, company.admin)
                group.addTask { try await admin.post("/applications/\(application)/notes", ["text": "Call."], headers: key) }
            }
            return try await group.reduce(into: [Answer]()) { $0.append($1) }
        }
        #expect(Set(answers.map(\.status)) == [201])
        #expect(Set(answers.map(\.id)).count == 1)
        #expect(try await company.admin.get("/applications/\(application)/notes").items.count == 1)
    }

    @Test func `background work is done once, whoever of the two does it`() async throws {
        let second = try await TestServer.second
        let tenant = try await TestTenant()
        let people = try await withThrowingTaskGroup(of: Person.self) { group in
            for number in 0..<6 {
                group.addTask {
                    let candidate = try await tenant.candidate()
                    let server = number.isMultiple(of: 2) ? tenant.server : second
                    try await at(server, candidate).upload("/resumes/upload", file: Fixture.pdf, name: "cv.pdf").expect(201)
                    return candidate
                }
            }
            return try await group.reduce(into: [Person]()) { $0.append($1) }
        }
        for person in people { try await eventually { try await person.get("/resumes").items.first?["status"] == "parsed" } }
        #expect(
            try await tenant.count("SELECT count(*) FROM events WHERE tenant_id = \(tenant.id) AND name = 'resume.parsed'") == people.count
        )
    }
}
