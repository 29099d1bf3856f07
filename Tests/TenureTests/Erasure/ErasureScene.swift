import Foundation
import Kernel
import Postgres
import Testing

@testable import tenure

/// A candidate with data in every place, next to others who must lose nothing.
struct ErasureScene: Sendable {
    static let firstName = "Zenobia"
    static let lastName = "Quillfeather"
    static let phone = "+442079460123"

    static let answers: JSON = [["key": "why", "value": "It is near."]]

    let tenant: TestTenant
    let company: TestCompany
    let admin: Person
    let recruiter: Person
    let person: Person
    let other: Person
    let job: String
    let application: String
    let othersApplication: String

    init() async throws {
        tenant = try await TestTenant()
        company = try await tenant.company()
        admin = try await tenant.admin()
        recruiter = try await company.recruiter()
        let published = try await company.job(["questions": [["key": "why", "text": "Why us?", "kind": "text"]]])
        job = published.id
        person = try await tenant.candidate(Self.firstName, email: "zenobia.\(UUID().uuidString.lowercased())@example.com")
        other = try await tenant.candidate("Ada")
        try await person.patch("/users/me", ["lastName": .string(Self.lastName), "phone": .string(Self.phone)]).expect(200)
        try await person.upload("/users/me/profile-picture", file: Fixture.png, name: "me.png").expect(200)
        let profile: JSON = [
            "headline": "Zenobia builds", "summary": "I am Zenobia.", "location": "Quillfeather Lane", "skills": ["Swift"],
        ]
        try await person.patch("/candidates/me", profile).expect(200)
        let resume = try await person.upload("/resumes/upload", file: Fixture.pdf, name: "zenobia.pdf").expect(201)
        let reader = person
        try await eventually { try await reader.get("/resumes/\(resume.id)").data["status"] == "parsed" }
        let body: JSON = [
            "coverLetter": "I, Zenobia Quillfeather, apply.", "answers": [["key": "why", "value": "Because Zenobia wants it."]],
            "resumeId": .string(resume.id), "source": "zenobias-blog",
        ]
        try await Self.addRule(admin)
        application = try await person.post("/jobs/\(published.id)/apply", body, headers: ["Idempotency-Key": "apply"]).expect(201).id
        othersApplication = try await other.post("/jobs/\(published.id)/apply", ["coverLetter": "I am Ada.", "answers": Self.answers])
            .expect(201).id
        try await judge()
    }

    /// A rule that reads, stores and logs.
    private static func addRule(_ admin: Person) async throws {
        let source: JSON = """
            on("application.noted", function(event)
              store.set("last", { name = event.application.candidate.name, id = event.application.id })
              log("noted " .. event.application.candidate.name)
              notify { role = "recruiter", text = event.application.candidate.name .. " has a note." }
            end)
            """
        let script = try await admin.post("/admin/scripts", ["name": "watch", "kind": "rule", "source": source]).expect(201)
        try await admin.post("/admin/scripts/dry-run", ["source": source, "event": "application.noted"]).expect(200)
        try await admin.post("/admin/scripts/\(script.id)/publish").expect(200)
    }

    private func judge() async throws {
        for (id, name) in [(application, "Zenobia Quillfeather"), (othersApplication, "Ada Tester")] {
            let note: JSON = ["text": .string("\(name) was prepared.")]
            try await recruiter.post("/applications/\(id)/notes", note, headers: ["Idempotency-Key": "note \(id)"]).expect(201)
            try await recruiter.post("/applications/\(id)/rate", ["rating": 4, "comment": .string("Like \(name).")]).expect(200)
            try await recruiter.post("/applications/\(id)/tags", ["tag": .string("of-\(name.prefix(3).lowercased())")]).expect(200)
            let interview = try await recruiter.post(
                "/applications/\(id)/interviews",
                [
                    "kind": "phone", "startsAt": "2099-01-05T09:00:00Z", "durationMinutes": 30, "message": .string("Welcome, \(name)."),
                    "interviewers": [.string(recruiter.id)],
                ]
            ).expect(201)
            try await tenant.execute("UPDATE interviews SET starts_at = now() WHERE id = \(interview.id)::uuid")
            let card: JSON = ["recommendation": "yes", "comment": .string("\(name) convinced me."), "ratings": ["design": 4]]
            try await recruiter.post("/interviews/\(interview.id)/scorecards", card).expect(201)
            try await tenant.execute("UPDATE interviews SET starts_at = '2099-01-05T09:00:00Z' WHERE id = \(interview.id)::uuid")
            try await recruiter.patch("/applications/\(id)/status", ["status": "offer", "reason": .string("\(name) it is.")]).expect(200)
            try await admin.post(
                "/applications/\(id)/offers",
                [
                    "baseSalary": ["amount": 123_456_78, "currency": "EUR"], "expiresAt": "2099-02-01T00:00:00Z",
                    "message": .string("Dear \(name)."),
                ]
            ).expect(201)
        }
        // Somebody else's note that names both.
        let both: JSON = ["text": "Better than Zenobia Quillfeather, says Ada."]
        try await recruiter.post("/applications/\(othersApplication)/notes", both).expect(201)
        let tenant = tenant
        // The rule has run for all three notes, the mails have been sent, and nothing is pending.
        try await eventually {
            let work: SQL = """
                SELECT count(*) FROM work WHERE tenant_id = \(tenant.id) AND run_at < now() + interval '1 hour'
                """
            let unnumbered: SQL = "SELECT count(*) FROM events WHERE tenant_id = \(tenant.id) AND sequence IS NULL"
            let isQuiet = try await tenant.count(work) == 0
            return try await tenant.count(unnumbered) == 0 && isQuiet
        }
    }

    /// Asks an administrator for it and waits for the receipt.
    func erase() async throws -> Answer {
        let begun = try await admin.post("/admin/users/\(person.id)/erasure").expect(202)
        return try await receipt(#require(begun.data["number"]?.int))
    }

    func receipt(_ number: Int) async throws -> Answer {
        try await eventually { try await admin.get("/admin/erasures/\(number)").data["status"] == "completed" }
        return try await admin.get("/admin/erasures/\(number)").expect(200)
    }

    /// The tables that contain anything of the person.
    func traces() async throws -> [String] {
        let tables = try await tenant.server.inspector.query(
            """
            SELECT DISTINCT table_name AS name
            FROM information_schema.columns
            WHERE table_schema = 'public' AND column_name = 'tenant_id'
            ORDER BY 1
            """
        )
        var found: [String] = []
        for row in tables {
            let table: String = try row("name")
            let rows = try await tenant.count(
                """
                SELECT count(*)
                FROM \(identifier: table) t
                WHERE t.tenant_id = \(tenant.id)
                    AND (t::text ~* 'zenobia|quillfeather' OR t::text LIKE \("%\(Self.phone)%") OR t::text LIKE '%12345678%')
                    AND NOT (t::text ~ 'Ada Tester|I am Ada' OR t::text LIKE \("%\(othersApplication)%"))
                """
            )
            if rows > 0 { found.append("\(table): \(rows)") }
        }
        let answers = try await tenant.count(
            """
            SELECT count(*) FROM idempotency_keys WHERE tenant_id = \(tenant.id) AND convert_from(body, 'UTF8') ~* 'zenobia|quillfeather'
            """
        )
        if answers > 0 { found.append("stored answers: \(answers)") }
        return found
    }

    /// Everything kept about the other candidate, as the recruiter sees it.
    func othersView() async throws -> [JSON] {
        var views: [JSON] = []
        for path in ["", "/history", "/interviews", "/offers", "/ats-score"] {
            views.append(try await recruiter.get("/applications/\(othersApplication)\(path)").expect(200).data)
        }
        let notes = try await recruiter.get("/applications/\(othersApplication)/notes").expect(200)
        #expect(notes.items.count == 2)
        return views.map { JSON.withoutNote($0) } + [
            notes.items.first ?? .null, try await other.get("/users/me/export").expect(200).data.kept,
        ]
    }

    func resumeFile() async throws -> String {
        let row = try await tenant.server.inspector.query(
            "SELECT blob_key FROM resumes WHERE tenant_id = \(tenant.id) AND candidate_id = \(person.id)::uuid"
        ).first
        let key: String = try #require(try row?("blob_key"))
        return "\(tenant.server.settings.dataFolder)/blobs/\(key)"
    }
}

extension JSON {
    /// Without the text that names the erased person.
    fileprivate static func withoutNote(_ json: JSON) -> JSON {
        switch json {
        case .string(let text) where text.contains("says Ada."): "the note"
        case .array(let elements): .array(elements.map(withoutNote))
        case .object(let members): .object(members.mapValues(withoutNote))
        default: json
        }
    }

    /// An export without the time of its creation.
    fileprivate var kept: JSON {
        guard case .object(var members) = self else { return self }
        members["exportedAt"] = nil
        members["sessions"] = nil
        return .object(members)
    }
}
