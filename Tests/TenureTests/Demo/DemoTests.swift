import ChildProcesses
import Foundation
import Kernel
import Postgres
import Testing

@testable import tenure

/// The demo tenant, created on the running server under codes of the tests' own.
@Suite struct DemoTests {
    @Test func `the demo is created once, and can be used`() async throws {
        let server = try await TestServer.running
        let (code, composition) = (Self.code(), try await server.apart())
        defer { Task { await composition.close() } }
        let demo = DemoTenant(composition, code: code)
        guard case .seeded(let jobs, let candidates, let applications) = try await demo.seed() else {
            Issue.record("It was there already.")
            return
        }
        #expect(jobs >= 12 && candidates >= 200 && applications >= 300)
        guard case .thereAlready = try await DemoTenant(composition, code: code).seed() else {
            Issue.record("It was seeded twice.")
            return
        }

        let recruiter = try await signIn("recruiter@demo.example", code)
        let board = try await recruiter.get("/jobs/\(try await jobID("Senior Backend Engineer", recruiter))/board").expect(200)
        let counts = board.data["columns"]?.items.map { ($0["stage"]?["category"]?.string ?? "", $0["count"]?.int ?? 0) } ?? []
        for category in ["interview", "hired", "rejected"] { #expect(counts.contains { $0.0 == category && $0.1 > 0 }, "\(category)") }
        #expect(try await recruiter.get("/applications?limit=1").expect(200).data["pagination"]?["total"]?.int == applications)

        let candidate = try await signIn("candidate@demo.example", code)
        let mine = try await candidate.get("/applications").expect(200)
        #expect(Set(mine.data.items.compactMap { $0["status"]?.string }) == ["interview", "offer", "rejected"])
        try await signIn("manager@demo.example", code).get("/users/me").expect(200)

        let admin = try await signIn("admin@demo.example", code)
        let scripts = try await admin.get("/admin/scripts").expect(200)
        #expect(scripts.data.items.filter { $0["status"]?.string == "live" }.count == 3)
        let fastTrack = try #require(scripts.data.items.first { $0["name"]?.string == "fast-track" }?["id"]?.string)
        // The rules handle applications from after their publication as soon as the server is running.
        try await eventually {
            let runs = try await admin.get("/admin/scripts/\(fastTrack)/runs?limit=100").expect(200).data.items
            return runs.count >= 20 && runs.allSatisfy { $0["outcome"]?.string == "completed" }
        }
        try await expectThePagesAboutPersonsToShowSomething(admin)
        let company = try await recruiter.get("/users/me").data["companies"]?[0]?["companyId"]?.string ?? ""
        #expect(
            try await recruiter.get("/companies/\(company)/candidates").expect(200).items.map { $0["hasAccount"] } == [false, false, false]
        )
        try await expectNoLettersOfThePast(server, code)
    }

    private func expectThePagesAboutPersonsToShowSomething(_ admin: Person) async throws {
        let proposals = try await admin.get("/candidates/merge-proposals").expect(200).items
        #expect(proposals.first?["reasons"] == ["email", "name"] && proposals.first?["keptName"] == "Maya Lindqvist")
        let merges = try await admin.get("/candidates/merges").expect(200).items
        #expect(merges.count == 1 && merges.first?["undoneAt"] == nil)
        try await eventually { try await !admin.get("/admin/retention-flags").expect(200).items.isEmpty }
        #expect(try await admin.get("/admin/retention-rules").expect(200).items.count == 2)
        try await eventually { try await admin.get("/admin/erasures/1").expect(200).data["status"] == "completed" }
        #expect(try await admin.get("/admin/erasures/1").data["places"]?.items.isEmpty == false)
    }

    @Test func `an interrupted demo leaves nothing, and the next attempt creates it all`() async throws {
        let server = try await TestServer.running
        let (code, composition) = (Self.code(), try await server.apart())
        defer { Task { await composition.close() } }
        let jobs = Array(Vacancy.all.suffix(2))
        let seeding = Task { try await DemoTenant(composition, code: code, jobs: jobs).seed() }
        // Once it has a tenant, it is in the middle of its transaction.
        try await eventually {
            try await !server.inspector.query(
                "SELECT 1 FROM pg_locks WHERE relation = 'applications'::regclass AND mode = 'RowExclusiveLock'"
            ).isEmpty
        }
        seeding.cancel()
        await #expect(throws: (any Error).self) { try await seeding.value }
        #expect(try await server.inspector.query("SELECT 1 FROM tenants WHERE code = \(code)").isEmpty)
        guard case .seeded(jobs: 2, _, _) = try await DemoTenant(composition, code: code, jobs: jobs).seed() else {
            Issue.record("It was not seeded.")
            return
        }
    }

    @Test func `the story is the same for the same moment`() {
        let now = Date(timeIntervalSince1970: 1_770_000_000)
        let (one, other) = (Story(endingAt: now), Story(endingAt: now))
        #expect(one.steps.map { "\($0)" }.count == other.steps.count)
        #expect(one.candidates.map(\.email) == other.candidates.map(\.email))
        #expect(zip(one.steps, other.steps).allSatisfy { "\($0.kind)" == "\($1.kind)" && $0.moment == $1.moment })
        #expect(Set(one.candidates.map(\.email)).count == one.candidates.count)
        #expect(zip(one.steps, one.steps.dropFirst()).allSatisfy { $0.moment <= $1.moment })
    }

    @Test func `the walk-through runs word for word`() async throws {
        let server = try await TestServer.running
        let guide = try String(contentsOf: Checkout.folder.appendingPathComponent("WALKTHROUGH.md"), encoding: .utf8)
        // Only the server's address differs from the one in Scripts/run.
        let script = Self.shellBlocks(guide)
            .replacing("http://127.0.0.1:8080", with: server.url.absoluteString)
            .replacing(".tenure/mail", with: "\(server.settings.dataFolder)/mail")
            .replacing("$(cat .tenure/admin-password)", with: TestServer.password)
            .replacing("root@tenure.example", with: "root@example.com")
        let output = try await Self.bash(script, in: Checkout.folder)
        for words in [
            "Priya Raman was fast-tracked.", "\"RULE_REJECTED\"", "Two scorecards are required before hiring.", "\"accepted\"", "\"hired\"",
            "status_changed\thiring\tapplied\tscreening\tStrong match: ", "status_changed\tRita\toffer\thired\tOffer accepted",
        ] {
            #expect(output.contains(words), "\(words) is missing in:\n\(output)")
        }
    }

    private static func shellBlocks(_ markdown: String) -> String {
        markdown.components(separatedBy: "```sh\n").dropFirst().compactMap { $0.components(separatedBy: "```").first }.joined()
    }

    /// A script's output and errors; it stops at its first error, or after three minutes.
    private static func bash(_ script: String, in folder: URL) async throws -> String {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("walk-through-\(UUID().uuidString)")
        defer { for path in [file.path, file.path + ".out"] { try? FileManager.default.removeItem(atPath: path) } }
        try Data("cd '\(folder.path)'\n\(script)".utf8).write(to: file)
        let process = try ChildProcess(["timeout", "180", "bash", "-eu", file.path], output: file.path + ".out")
        let end = try await process.end(within: .seconds(240))
        #expect(end == .exit(0), "\(process.text)")
        return process.text
    }

    private static func code() -> String { "demo-" + UUID().uuidString.lowercased().prefix(8) }

    private func signIn(_ email: String, _ code: String) async throws -> Person {
        let server = try await TestServer.running
        let visitor = Person(server: server, tenant: code)
        let answer = try await visitor.post(
            "/auth/login",
            ["email": .string(email), "password": .string(DemoTenant.password), "tenantCode": .string(code)]
        ).expect(200)
        return Person(server: server, tenant: code, token: answer.data["accessToken"]?.string, email: email)
    }

    private func jobID(_ title: String, _ recruiter: Person) async throws -> String {
        let jobs = try await recruiter.get("/jobs?limit=100").expect(200)
        return try #require(jobs.data.items.first { $0["title"]?.string == title }?["id"]?.string)
    }

    private func expectNoLettersOfThePast(_ server: TestServer, _ code: String) async throws {
        let letters: SQL = """
            SELECT count(*)
            FROM mails m JOIN tenants t ON t.id = m.tenant_id
            WHERE t.code = \(code)
            """
        let left: SQL = """
            SELECT count(*)
            FROM work w JOIN tenants t ON t.id = w.tenant_id
            WHERE t.code = \(code) AND w.name NOT LIKE 'rules.%' AND w.run_at <= now()
            """
        try await eventually { try await server.inspector.query(left)[0](0) as Int == 0 }
        #expect(try await server.inspector.query(letters)[0](0) as Int == 0)
    }
}
