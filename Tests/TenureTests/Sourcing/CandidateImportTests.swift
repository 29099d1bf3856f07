import Foundation
import Kernel
import Postgres
import Testing

/// A company imports candidates from a file: each line once, each with what became of it.
@Suite struct CandidateImportTests {
    private let company: TestCompany
    private let recruiter: Person
    private var path: String { "/companies/\(company.id)/candidate-imports" }

    init() async throws {
        company = try await TestTenant().company()
        recruiter = try await company.recruiter()
    }

    private func start(_ table: Data, _ fields: [String: String] = [:]) async throws -> Answer {
        try await recruiter.upload(path, file: table, name: "candidates.csv", fields: fields)
    }

    /// The import once it is done.
    private func completed(_ table: String, _ fields: [String: String] = [:]) async throws -> Answer {
        try await awaited(try await start(Data(table.utf8), fields).expect(202).id)
    }

    private func awaited(_ id: String) async throws -> Answer {
        try await eventually { try await recruiter.get("/candidate-imports/\(id)").expect(200).data["status"] == "completed" }
        return try await recruiter.get("/candidate-imports/\(id)")
    }

    private func lines(_ done: Answer, _ query: String = "") async throws -> [JSON] {
        try await recruiter.get("/candidate-imports/\(done.id)/lines?limit=100\(query)").expect(200).items
    }

    private func counts(_ done: Answer) -> [Int?] { ["created", "alreadyThere", "refused"].map { done.data[$0]?.int } }

    @Test func `each line is created, already there or refused with the field, in the dry run as in the live one`() async throws {
        let job = try await company.job()
        let applicant = try await company.tenant.candidate("Known", email: "\(UUID().uuidString.lowercased())@example.com")
        try await applicant.post("/jobs/\(job.id)/apply").expect(201)
        let table = """
            First Name,Last name,E-Mail,Mobile,Tags,Notes,Shoe size
            Ada,Lovelace,ada@private.example,+49 40 1234567,"welder; urgent","Said ""hello""
            twice",38
            Grace,Hopper,ADA@private.example,,,,
            Known,Tester,\(applicant.email),,,,
            Broken,Address,ada@,,,,
            Broken,Phone,phone@example.com,call me,,,

            ,,,040 99,,,
            Alan,Turing,,+44 20 7946 0000,,,
            ÁLAN,turing,,0044 20 7946 0000,,,
            Too,Many,many@example.com,,,,1,2
            """
        var told: [[JSON]] = []
        for dryRun in ["true", "false"] {
            let done = try await completed(table, ["dryRun": dryRun, "source": "old system"])
            #expect(done.data["dryRun"]?.text == dryRun && done.data["ignoredColumns"] == ["Shoe size"] && done.data["lines"] == 9)
            #expect(done.data["columns"]?["phone"] == "Mobile")
            #expect(counts(done) == [2, 3, 4])
            let found = try await lines(done)
            #expect(found.map { $0["line"]?.int } == [2, 4, 5, 6, 7, 9, 10, 11, 12])
            #expect(found.compactMap { $0["field"]?.string } == ["email", "phone", "email", "line"])
            #expect(found.allSatisfy { ($0["outcome"] == "refused") == ($0["reason"] != nil) })
            told.append(found.map { ["outcome": $0["outcome"] ?? .null, "field": $0["field"] ?? .null, "reason": $0["reason"] ?? .null] })
            let kept = try await recruiter.get("/companies/\(company.id)/candidates").expect(200).items
            #expect(kept.count == (dryRun == "true" ? 0 : 2), "A dry run adds nobody.")
        }
        #expect(told[0] == told[1])
        let ada = try await recruiter.get("/companies/\(company.id)/candidates").items.first { $0["name"] == "Ada Lovelace" }
        #expect(ada?["note"] == "Said \"hello\"\ntwice" && ada?["tags"] == ["welder", "urgent"] && ada?["source"] == "old system")
        #expect(ada?["addedBy"]?.string == recruiter.id)
        // The same file again adds nobody.
        #expect(counts(try await completed(table)) == [0, 5, 4])
        let refused = try await recruiter.get(path).items.first?["id"]?.string ?? ""
        #expect(try await recruiter.get("/candidate-imports/\(refused)/lines?outcome=refused").items.count == 4)
    }

    @Test func `all of them are entered for a job, and refused where a rule says so`() async throws {
        let shop = try await RuleShop()
        try await shop.publish(
            #"""
            before("application.submitting", function(event)
              if event.application.candidate.name == "Not Welcome" then return reject("Not this one.") end
            end)
            """#
        )
        let path = "/companies/\(shop.job.company.id)/candidate-imports"
        let table = Data("name;email\r\nNot Welcome;not@example.com\r\nLovelace, Ada;ada@example.com\r\n".utf8)
        for dryRun in ["true", "false"] {
            let fields = ["jobId": shop.job.id, "dryRun": dryRun]
            let id = try await shop.recruiter.upload(path, file: table, name: "a.csv", fields: fields).expect(202).id
            try await eventually { try await shop.recruiter.get("/candidate-imports/\(id)").data["status"] == "completed" }
            let lines = try await shop.recruiter.get("/candidate-imports/\(id)/lines").items
            #expect(lines.map { $0["outcome"] } == ["refused", "created"])
            #expect(lines.first?["reason"] == "Not this one.")
            #expect((lines.last?["applicationId"] != nil) == (dryRun == "false"))
        }
        let applications = try await shop.recruiter.get("/jobs/\(shop.job.id)/applications").items
        #expect(applications.map { $0["candidateName"] } == ["Ada Lovelace"])
        #expect(try await shop.recruiter.get("/companies/\(shop.job.company.id)/candidates").items.count == 1)
    }

    @Test func `tables are read in the forms that spreadsheets write`() async throws {
        let plain = "name;email;city\r\nJosé Núñez;jose@example.com;\"Köln; Süd\"\r\n"
        let forms: [Data] = [
            Data(plain.utf8), Data("\u{FEFF}\(plain)".utf8), Data("sep=;\r\n\(plain)".utf8), Data(plain.replacing("\r\n", with: "\r").utf8),
            Data(plain.replacing("Köln; Süd", with: "Köln, Süd").replacing(";", with: "\t").utf8),
            Data([0xFF, 0xFE]) + (plain.data(using: .utf16LittleEndian) ?? Data()),
            Data([0xFE, 0xFF]) + (plain.data(using: .utf16BigEndian) ?? Data()), plain.data(using: .windowsCP1252) ?? Data(),
        ]
        for (number, form) in forms.enumerated() {
            let done = try await awaited(try await start(form, ["dryRun": "true"]).expect(202).id)
            let line = try await lines(done).first
            #expect(line?["outcome"] == "created" && line?["values"]?["name"] == "José Núñez", "form \(number)")
            #expect(line?["values"]?["location"]?.string?.hasPrefix("Köln") == true, "form \(number)")
        }
    }

    @Test func `what is no table of candidates is refused at once, with the field`() async throws {
        func refused(_ table: String, _ fields: [String: String] = [:]) async throws -> JSON {
            try await start(Data(table.utf8), fields).expect(400).details
        }
        #expect(try await refused("")["file"] != nil)
        #expect(try await refused("name,email\n")["file"] != nil)
        #expect(try await refused("shoe size\n38\n")["mapping"] != nil)
        #expect(try await refused("name\n\"Ada\n")["file"]?.string?.hasPrefix("Line 2") == true)
        #expect(try await refused("mail,e-mail\na@example.com,b@example.com\n")["mapping.email"] != nil)
        #expect(try await refused("name\nAda\n", ["mapping": "email"])["mapping"] != nil)
        #expect(try await refused("name\nAda\n", ["mapping": #"{"email": "Contact"}"#])["mapping.email"] != nil)
        #expect(try await refused("name\nAda\n", ["mapping": #"{"shoes": "name"}"#])["mapping.shoes"] != nil)
        #expect(try await refused("name\nAda\n", ["jobId": UUID().uuidString.lowercased()])["jobId"] != nil)
        #expect(try await refused(String(repeating: "name,", count: 101) + "\nAda\n")["file"] != nil)
        #expect(try await refused("name\n" + String(repeating: "Ada\n", count: 10_001))["file"] != nil)
        let large = Data(repeating: UInt8(ascii: "a"), count: 5 * 1024 * 1024 + 1)
        #expect(try await start(large).expect(413).details["file"] != nil)
        #expect(try await recruiter.get(path).items.isEmpty)
        // Columns that are called otherwise are named.
        let done = try await completed(
            "Who,Where to write\nAda King,ada@example.com\n",
            ["mapping": #"{"name": "who", "email": "Where to write"}"#]
        )
        #expect(counts(done) == [1, 0, 0])
    }

    @Test func `each line is done once, though several workers take the same part of a file`() async throws {
        let rows = (0..<400).map { "Person \($0),person\($0)@example.com" }
        let id = try await start(Data(("name,email\n" + rows.joined(separator: "\n")).utf8)).expect(202).id
        // Whoever takes the work over finds it as the last batch left it, or does a batch that somebody else is doing.
        for _ in 0..<5 {
            try await company.tenant.execute(
                """
                INSERT INTO work (tenant_id, id, name, payload, run_at, created_at)
                VALUES (
                    \(company.tenant.id), \(UUID()), 'sourcing.import', jsonb_build_object('id', \(id)::text, 'after', 0), now(), now()
                )
                """
            )
        }
        let done = try await awaited(id)
        #expect(counts(done) == [400, 0, 0])
        let kept = try await company.tenant.count(
            "SELECT count(DISTINCT u.contact_email) FROM users u WHERE u.tenant_id = \(company.tenant.id) AND u.status = 'sourced'"
        )
        #expect(kept == 400)
        let all = try await company.tenant.count(
            "SELECT count(*) FROM sourced_candidates k WHERE k.tenant_id = \(company.tenant.id)"
        )
        #expect(all == 400)
    }

    @Test func `the report opens in a spreadsheet, runs no formula, and is the company's alone`() async throws {
        let done = try await completed("name,email,note\n=1+1,ada@example.com,\"@SUM(A1)\"\n＝cmd,b@,x\n")
        let report = try await recruiter.get("/candidate-imports/\(done.id)/report").expect(200)
        #expect(report.headers["content-type"]?.hasPrefix("text/csv") == true)
        let text = String(decoding: report.bytes, as: UTF8.self)
        #expect(text.hasPrefix("\u{FEFF}\"line\",\"outcome\",\"field\",\"reason\""))
        #expect(text.contains("\"'=1+1\"") && text.contains("\"'@SUM(A1)\"") && text.contains("\"'＝cmd\"") && text.contains("\"email\""))
        let rival = try await company.tenant.company("Southwind").recruiter()
        for door in ["", "/lines", "/report"] {
            #expect(try await rival.get("/candidate-imports/\(done.id)\(door)").status == 404)
            #expect(try await company.member("hiringManager").get("/candidate-imports/\(done.id)\(door)").status == 403)
        }
        #expect(try await rival.get(path).status == 403)
        #expect(try await rival.upload(path, file: Data("name\nAda\n".utf8), name: "a.csv").status == 403)
    }
}
