import Foundation
import Kernel
import Testing

/// Resumes through the API.
@Suite struct ResumesTests {
    @Test(arguments: ["backend-engineer.pdf", "registered-nurse.docx", "accountant.doc"])
    func `a document is kept byte for byte and read in the background`(name: String) async throws {
        let candidate = try await TestTenant().candidate()
        let file = try Fixture.document(name)
        let resume = try await candidate.upload("/resumes/upload", file: file, name: name, fields: ["title": "My life"]).expect(201)
        #expect(resume.data["fileName"]?.string == name)
        #expect(resume.data["title"] == "My life")
        #expect(resume.data["size"]?.int == file.count)
        try await eventually { try await candidate.get("/resumes/\(resume.id)").data["status"] == "parsed" }
        let parsed = try await candidate.get("/resumes/\(resume.id)").expect(200).data["parsed"]
        #expect(parsed?["skills"]?.items.isEmpty == false)
        let sent = try await candidate.get("/resumes/\(resume.id)/file").expect(200)
        #expect(sent.bytes == file)
        #expect(sent.headers["content-type"] == resume.data["mediaType"]?.string)
        #expect(sent.headers["content-disposition"]?.hasPrefix("attachment") ?? false)
        #expect(sent.headers["x-content-type-options"] == "nosniff")
    }

    @Test func `an application waits for its resume and is scored by it`() async throws {
        let company = try await TestTenant().company()
        let job = try await company.job(["requirements": ["requiredSkills": ["Python", "PostgreSQL"], "preferredSkills": []]])
        let candidate = try await company.tenant.candidate()
        let resume = try await candidate.upload("/resumes/upload", file: Fixture.pdf, name: "cv.pdf").expect(201)
        let applied = try await candidate.post("/jobs/\(job.id)/apply", ["resumeId": .string(resume.id)]).expect(201)
        try await eventually { try await company.admin.get("/applications/\(applied.id)/ats-score").status == 200 }
        let seen = try await company.admin.get("/applications/\(applied.id)").expect(200)
        #expect(seen.data["applicant"]?["skills"]?.items.isEmpty == false)
        #expect(seen.data["resumeId"]?.string == resume.id)
    }

    @Test func `a file that isn't a document is refused, whatever its name says`() async throws {
        let candidate = try await TestTenant().candidate()
        let impostors: [(Data, String)] = [
            (Data(), "cv.pdf"), (Data("hello, I am a resume".utf8), "cv.pdf"), (Fixture.png, "cv.docx"), (Data("MZ\u{90}".utf8), "cv.doc"),
            (try Fixture.document("spreadsheet.docx"), "cv.docx"),
        ]
        for (file, name) in impostors {
            let refused = try await candidate.upload("/resumes/upload", file: file, name: name).expect(415)
            #expect(refused.details["file"] != nil, "\(name)")
        }
        #expect(try await candidate.get("/resumes").items.isEmpty)
    }

    @Test(arguments: [
        "encrypted.pdf", "encrypted.docx", "encrypted.doc", "broken.pdf", "truncated.docx", "bomb.docx", "lying-bomb.docx", "scan.pdf",
    ])
    func `a document that can't be read is refused with the reason`(name: String) async throws {
        let candidate = try await TestTenant().candidate()
        let refused = try await candidate.upload("/resumes/upload", file: Fixture.document(name), name: name).expect(400)
        #expect(refused.code == "VALIDATION_ERROR")
        #expect(refused.details["file"]?.string?.isEmpty == false)
        #expect(try await candidate.get("/resumes").items.isEmpty)
    }

    @Test func `more than ten megabytes are too much`() async throws {
        let candidate = try await TestTenant().candidate()
        let large = try Fixture.pdf + Data(repeating: 0x20, count: 10 * 1024 * 1024)
        try await candidate.upload("/resumes/upload", file: large, name: "cv.pdf").expect(413)
        #expect(try await candidate.get("/resumes").items.isEmpty)
    }

    @Test(arguments: [
        ("../../etc/passwd.pdf", "passwd.pdf"), (#"C:\\Users\\Ada\\cv.pdf"#, "cv.pdf"), ("/tmp/x/cv;rm -rf.pdf", "cv;rm -rf.pdf"),
    ])
    func `a name that is a path leads nowhere`(name: String, kept: String) async throws {
        let candidate = try await TestTenant().candidate()
        let resume = try await candidate.upload("/resumes/upload", file: Fixture.pdf, name: name).expect(201)
        #expect(resume.data["fileName"]?.string == kept)
        try await candidate.get("/resumes/\(resume.id)/file").expect(200)
    }

    @Test func `a free candidate keeps five resumes, however many come at once`() async throws {
        let candidate = try await TestTenant().candidate()
        let file = try Fixture.document("warehouse-minimal.docx")
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            for number in 0..<8 { group.addTask { try await candidate.upload("/resumes/upload", file: file, name: "\(number).docx") } }
            return try await group.reduce(into: [Answer]()) { $0.append($1) }
        }
        #expect(answers.count { $0.status == 201 } == 5)
        #expect(answers.count { $0.code == "RESUME_LIMIT" } == 3)
        #expect(try await candidate.get("/resumes").data["pagination"]?["total"] == 5)
        let me = try await candidate.get("/users/me").expect(200)
        #expect(me.json.text.contains("resumes"))
    }

    @Test func `resumes are listed as asked, under both addresses`() async throws {
        let candidate = try await TestTenant().candidate()
        for title in ["B", "A", "C"] {
            try await candidate.upload("/candidates/me/resumes", file: Fixture.pdf, name: "cv.pdf", fields: ["title": title]).expect(201)
        }
        for path in ["/resumes", "/candidates/me/resumes"] {
            let sorted = try await candidate.get("\(path)?sortBy=title&sortOrder=asc&limit=2").expect(200)
            #expect(sorted.items.map { $0["title"] } == ["A", "B"])
            #expect(sorted.data["pagination"]?["pages"] == 2)
        }
        #expect(try await candidate.get("/resumes?sortBy=size").expect(400).details["sortBy"] != nil)
    }

    @Test func `a form without a file, or with too much in it, is refused by name`() async throws {
        let candidate = try await TestTenant().candidate()
        let long = String(repeating: "x", count: 201)
        let refused = try await candidate.upload(
            "/resumes/upload",
            file: Fixture.pdf,
            name: "cv.pdf",
            fields: ["title": long, "rank": "1"]
        ).expect(400)
        for field in ["title", "rank"] { #expect(refused.details[field] != nil, "\(field)") }
        let form = "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nx\r\n--b--\r\n"
        let empty = try await candidate.send("POST", "/resumes/upload", raw: Data(form.utf8), type: "multipart/form-data; boundary=b")
        #expect(empty.expect(400).details["file"] != nil)
        let cut = try await candidate.send(
            "POST",
            "/resumes/upload",
            raw: Data(form.utf8.dropLast(9)),
            type: "multipart/form-data; boundary=b"
        )
        #expect(cut.status == 400)
        #expect(try await candidate.post("/resumes/upload", ["title": "x"]).status == 415)
    }
}
