import Foundation
import Kernel
import Testing

/// A tenant with one of everything that a path can name.
struct Furnished: Sendable {
    let company: TestCompany
    let candidate: Person
    private var entities: [String: String] = [:]

    init() async throws {
        company = try await TestTenant().company()
        candidate = try await company.tenant.candidate()
        let job = try await company.job()
        let resume = try await candidate.upload("/resumes/upload", file: try Fixture.pdf, name: "cv.pdf").expect(201)
        let reader = candidate
        try await eventually { try await reader.get("/resumes/\(resume.id)").data["status"] == "parsed" }
        let application = try await candidate.post("/jobs/\(job.id)/apply").expect(201)
        let interview = try await company.admin.post(
            "/applications/\(application.id)/interviews",
            ["kind": "phone", "startsAt": "2099-01-05T09:00:00Z", "durationMinutes": 30]
        ).expect(201)
        let offer = try await company.admin.post(
            "/applications/\(application.id)/offers",
            ["baseSalary": ["amount": 1, "currency": "EUR"], "expiresAt": "2099-02-01T00:00:00Z"]
        ).expect(201)
        let note = try await company.admin.post("/applications/\(application.id)/notes", ["text": "Hm."]).expect(201).id
        try await candidate.upload("/users/me/profile-picture", file: Fixture.png, name: "me.png").expect(200)
        try await company.admin.post("/notifications", ["user": .string(company.admin.id), "text": "Hello."]).expect(201)
        let pipelines = try await company.admin.get("/pipelines").expect(200)
        let sessions = try await candidate.get("/auth/sessions").expect(200)
        let notifications = try await company.admin.get("/notifications").expect(200)
        entities = [
            "companies": company.id, "jobs": job.id, "applications": application.id, "interviews": interview.id, "offers": offer.id,
            "notes": note,
            "pipelines": pipelines.items.first?["id"]?.string ?? "", "resumes": resume.id, "candidates/me/resumes": resume.id,
            "candidates": candidate.id, "users": candidate.id, "admin/users": candidate.id,
            "auth/sessions": sessions.items.first?["id"]?.string ?? "", "notifications": notifications.items.first?["id"]?.string ?? "",
            "admin/companies": company.id, "admin/tenants": company.tenant.id.description, "admin/queue": Identifier<User>().description,
            "admin/console/runs": Identifier<User>().description,
        ]
        entities["approvals"] = try await approval()
        let leaver = try await company.tenant.candidate()
        let notice = try await leaver.delete("/users/me", ["password": .string(TestServer.password)]).expect(202)
        entities["admin/erasures"] = notice.data["number"]?.int.map(String.init)
        let retention = try await company.tenant.admin().post("/admin/retention-rules", ["category": "hired", "months": 24])
        entities["admin/retention-rules"] = retention.expect(201).id
        let twin = try await company.tenant.candidate()
        let pair: JSON = ["keptId": .string(candidate.id), "mergedId": .string(twin.id)]
        entities["candidates/merges"] = try await company.tenant.admin().post("/candidates/merges", pair).expect(201).id
        let namesakes: JSON = ["keptId": .string(twin.id), "mergedId": .string(leaver.id)]
        entities["candidates/merge-dismissals"] = try await company.tenant.admin().post("/candidates/merge-dismissals", namesakes).expect(
            201
        ).id
        let table = Data("name,email\nAda Lovelace,ada@private.example\n".utf8)
        let imported = try await company.admin.upload("/companies/\(company.id)/candidate-imports", file: table, name: "candidates.csv")
        entities["candidate-imports"] = imported.expect(202).id
        try await addScript()
        let keys = try await company.tenant.admin()
        entities["enterprise/api-keys"] = try await keys.post("/enterprise/api-keys", ["name": "ci", "scopes": ["rules:write"]]).expect(201)
            .id
    }

    /// Asked for while the tenant had a chain.
    private func approval() async throws -> String {
        let admin = try await company.tenant.admin()
        let draft = try await company.job(published: false)
        try await admin.put("/approval-chains", ["kind": "job", "steps": [["role": "tenantAdmin"]]]).expect(200)
        let asked = try await company.admin.post("/jobs/\(draft.id)/approval").expect(200)
        try await admin.delete("/approval-chains", ["kind": "job"]).expect(204)
        return asked.id
    }

    private mutating func addScript() async throws {
        let admin = try await company.tenant.admin()
        let source = #"on("application.rated", function() end)"#
        let script = try await admin.post("/admin/scripts", ["name": "greeting", "kind": "rule", "source": .string(source)])
        if script.status != 404 { entities["admin/scripts"] = script.expect(201).id }
        entities["admin/replays"] = try await admin.post("/admin/scripts/\(script.id)/replay").expect(202).id
        entities["admin/runs"] = try await run(by: admin)
        // The tenant's first administrator was invited by mail.
        try await eventually { try await !admin.get("/admin/mail").expect(200).items.isEmpty }
        entities["admin/mail"] = try await admin.get("/admin/mail").items.first?["id"]?.string
    }

    /// A `before` rule for moves has run once a move is done.
    private func run(by admin: Person) async throws -> String {
        let source: JSON = #"before("application.status_changing", function() end)"#
        let script = try await admin.post("/admin/scripts", ["name": "watch", "kind": "rule", "source": source]).expect(201)
        try await admin.post("/admin/scripts/dry-run", ["source": source, "event": "application.status_changing"]).expect(200)
        try await admin.post("/admin/scripts/\(script.id)/publish").expect(200)
        try await company.admin.patch("/applications/\(entities["applications"] ?? "")/status", ["status": "screening"]).expect(200)
        return try await admin.get("/admin/scripts/\(script.id)/runs").expect(200).items.first?["id"]?.string ?? ""
    }

    /// The part of a path before its first parameter tells what the id is of.
    func ids(_ path: String) -> [String: String]? {
        let kind = path.split(separator: "/").prefix { $0.first != "{" }.joined(separator: "/")
        return entities[kind].map {
            ["id": $0, "number": $0, "userId": company.admin.id, "candidateId": candidate.id, "kind": "applied", "language": "en"]
        }
    }

    /// An example with ids of this tenant in place of its made-up ones.
    func named(in example: JSON) -> JSON {
        guard case .object(let members) = example else { return example }
        return .object(
            Dictionary(
                uniqueKeysWithValues: members.map { name, value in (name, Self.kinds[name].flatMap { named(value, $0) } ?? named(in: value))
                }
            )
        )
    }

    private func named(_ value: JSON, _ kind: String) -> JSON? {
        guard let id = kind == "members" ? company.admin.id : entities[kind] else { return nil }
        if case .array = value { return [.string(id)] }
        return .string(id)
    }

    private static let kinds = [
        "companyId": "companies", "jobId": "jobs", "applicationId": "applications", "resumeId": "resumes", "pipelineId": "pipelines",
        "interviewers": "members", "candidateId": "candidates", "userId": "users", "ids": "applications",
        "tenants": "admin/tenants",
    ]
}
