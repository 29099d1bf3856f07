import Foundation
import Kernel
import Testing

/// What members put on an application they can also correct and take away, and they see where it may go.
@Suite struct NotesAndTagsTests {
    private let company: TestCompany
    private let application: String
    private let candidate: Person
    private var admin: Person { company.admin }

    init() async throws {
        company = try await TestTenant().company()
        (application, candidate) = try await company.job().application()
    }

    private func events(_ name: String) async throws -> [JSON] {
        try await admin.get("/applications/\(application)/history").expect(200).items.filter { $0["event"]?.string == name }
    }

    @Test func `a note is corrected by its author alone, and the history keeps what it said`() async throws {
        let (author, colleague) = (try await company.recruiter(), try await company.member("hiringManager"))
        let note = try await author.post("/applications/\(application)/notes", ["text": "Lives in Bonn."]).expect(201).id
        let changed = try await author.patch("/notes/\(note)", ["text": "Lives in Berlin."]).expect(200)
        #expect(changed.data["text"] == "Lives in Berlin." && changed.data["editedAt"] != nil)
        for person in [colleague, admin] { #expect(try await person.patch("/notes/\(note)", ["text": "Hm."]).status == 403) }
        let seen = try await admin.get("/applications/\(application)/notes").items
        #expect(seen.map { $0["text"] } == ["Lives in Berlin."])
        #expect(try await events("application.noted").first?["details"]?["text"] == "Lives in Bonn.")
        #expect(try await author.patch("/notes/\(note)", [:]).expect(200).data["editedAt"] == changed.data["editedAt"])
        #expect(try await events("note.changed").count == 1)
    }

    @Test func `a note is deleted by its author or the company's administrator`() async throws {
        let (author, colleague) = (try await company.recruiter(), try await company.member("hiringManager"))
        for person in [author, admin] {
            let note = try await author.post("/applications/\(application)/notes", ["text": "Hm."]).expect(201).id
            #expect(try await colleague.delete("/notes/\(note)").status == 403)
            try await person.delete("/notes/\(note)").expect(204)
            #expect(try await person.delete("/notes/\(note)").code == "NOTE_NOT_FOUND")
        }
        #expect(try await admin.get("/applications/\(application)/notes").items.isEmpty)
        #expect(try await events("note.deleted").count == 2)
    }

    @Test func `a note is nobody else's to change`() async throws {
        let rival = try await company.tenant.company("Southwind")
        let note = try await admin.post("/applications/\(application)/notes", ["text": "Hm."]).expect(201).id
        #expect(try await rival.admin.patch("/notes/\(note)", ["text": "Ha."]).code == "NOTE_NOT_FOUND")
        #expect(try await rival.admin.delete("/notes/\(note)").code == "NOTE_NOT_FOUND")
        #expect(try await candidate.delete("/notes/\(note)").status == 403)
    }

    @Test func `a tag is one, in whichever letters, and can be taken off`() async throws {
        let path = "/applications/\(application)/tags"
        for tag: JSON in ["Référence", "référence", "REFERENCE"] { try await admin.post(path, ["tag": tag]).expect(200) }
        try await admin.post(path, ["tag": "Strong"]).expect(200)
        #expect(try await admin.get("/applications/\(application)").data["tags"] == ["Référence", "Strong"])
        #expect(try await admin.get("/applications?tag=reference").items.count == 1)
        #expect(try await admin.get("/applications?withoutTag=strong").items.isEmpty)
        let left = try await admin.delete(path, ["tag": "reference"]).expect(200)
        #expect(left.data["tags"] == ["Strong"])
        let again = try await admin.delete(path, ["tag": "reference"]).expect(200)
        #expect(again.data["version"] == left.data["version"])
        #expect(try await events("application.untagged").count == 1)
        #expect(try await events("application.tagged").count == 2)
        #expect(try await candidate.delete(path, ["tag": "Strong"]).status == 403)
    }

    @Test func `members see where an application may go, and a refusal says it too`() async throws {
        let seen = try await admin.get("/applications/\(application)").expect(200)
        let allowed = seen.data["allowedMoves"]?.items.compactMap(\.string) ?? []
        #expect(allowed == ["screening", "assessment", "interview", "offer", "rejected"])
        #expect(try await candidate.get("/applications/\(application)").data["allowedMoves"] == nil)
        let refused = try await admin.patch("/applications/\(application)/status", ["status": "hired"]).expect(409)
        #expect(refused.details["from"] == "applied" && refused.details["to"] == "hired")
        #expect(refused.details["allowed"]?.items.compactMap(\.string) == allowed)
        let bulk: JSON = ["ids": [.string(application)], "status": "hired"]
        let results = try await admin.post("/applications/bulk-status", bulk).expect(200).items
        #expect(results.first?["error"]?["details"]?["from"] == "applied")
        let unknown: JSON = ["ids": [.string(application)], "status": "nowhere"]
        let problems = try await admin.post("/applications/bulk-status", unknown).expect(200).items
        #expect(problems.first?["error"]?["details"]?["status"] != nil)
        for status in allowed {
            try await admin.patch("/applications/\(application)/status", ["status": .string(status)]).expect(200)
            try await admin.post("/applications/\(application)/undo-move").expect(200)
        }
    }
}
