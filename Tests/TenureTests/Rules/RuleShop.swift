import Foundation
import Kernel
import Postgres
import Testing

/// A tenant with a published job, a recruiter, and an administrator who writes rules.
struct RuleShop: Sendable {
    struct Script: Sendable {
        let id: String
        let name: String
    }

    let tenant: TestTenant
    let admin: Person
    let recruiter: Person
    let job: TestJob

    init() async throws {
        tenant = try await TestTenant()
        admin = try await tenant.admin()
        let company = try await tenant.company()
        recruiter = try await company.recruiter()
        job = try await company.job()
    }

    @discardableResult
    func publish(_ source: String, name: String = UUID().uuidString, kind: String = "rule", grants: [String]? = nil) async throws -> Script
    {
        var body: JSON = ["name": .string(name), "kind": .string(kind), "source": .string(source)]
        if let grants, case .object(var members) = body {
            members["grants"] = .array(grants.map(JSON.string))
            body = .object(members)
        }
        let made = try await admin.post("/admin/scripts", body).expect(201)
        try await tryOut(source, grants: grants)
        try await admin.post("/admin/scripts/\(made.id)/publish").expect(200)
        return Script(id: made.id, name: name)
    }

    func publish(_ source: String, as script: Script) async throws {
        try await admin.put("/admin/scripts/\(script.id)/draft", ["source": .string(source)]).expect(200)
        try await tryOut(source)
        try await admin.post("/admin/scripts/\(script.id)/publish", ["comment": "better"]).expect(200)
    }

    /// What publishing requires: a dry run of exactly this source. A library has no handlers, and needs none.
    func tryOut(_ source: String, grants: [String]? = nil) async throws {
        let grants: JSON = grants.map { .array($0.map(JSON.string)) } ?? .null
        guard let waited = source.firstMatch(of: /\b(?:before|on|every)\s*\(\s*["']([^"']+)/)?.1 else { return }
        let body: JSON = ["source": .string(source), "event": .string(String(waited)), "grants": grants]
        let first = try await admin.post("/admin/scripts/dry-run", body).expect(200).data
        guard first["isHandled"] == false, let name = first["handlers"]?[0]?["name"] else { return }
        try await admin.post("/admin/scripts/dry-run", ["source": .string(source), "event": name, "grants": grants]).expect(200)
    }

    /// The application as its recruiter sees it.
    func seen(_ application: String) async throws -> JSON {
        let data = try await recruiter.get("/applications/\(application)").expect(200).data
        return data["application"] ?? data
    }

    /// Newest first.
    func outcomes(of script: Script) async throws -> [String] {
        try await admin.get("/admin/scripts/\(script.id)/runs?limit=100").expect(200).items.compactMap { $0["outcome"]?.string }
    }

    func remembered(_ key: String) async throws -> Int {
        try await tenant.count("SELECT (value #>> '{}')::int FROM script_store WHERE tenant_id = \(tenant.id) AND key = \(key)")
    }

    func pendingWork() async throws -> Int {
        try await tenant.count("SELECT count(*) FROM work WHERE tenant_id = \(tenant.id) AND name = 'rules.react'")
    }
}
