import Foundation
import Identity
import Jobs
import Kernel
import Postgres
import Synchronization
import Testing
import Web

@testable import Applications
@testable import tenure

/// A page of a list costs its page, however many rows its tenant has.
@Suite struct ListTests {
    /// Lists whose rows grow with use, and how people ask for them. What is in braces is an id of the crowded tenant.
    private static let growing: [String: [String]] = [
        "GET /applications": [
            "", "status=screening", "category=interview", "isOpen=true", "isOpen=true&sort=waiting",
            "sort=waiting&movedBefore=2099-01-01T00:00:00Z",
            "jobId={job}", "companyId={company}", "candidateId={candidate}", "page=500",
        ],
        "GET /jobs/{id}/applications": ["", "sort=oldest", "sort=score", "sort=rating", "status=screening"],
        "GET /jobs/{id}/board": ["", "stage=screening"],
        "GET /jobs": ["", "status=published", "companyId={company}", "page=500"],
        "GET /candidates/search": [
            "", "q=anna", "q=rare77", "q=ann%20eng", "skills=swift", "location=berlin", "jobSearchMode=active",
            "q=anna&jobSearchMode=passive",
            "experienceMin=3", "page=500",
        ],
        "GET /interviews": ["", "outcome=pending", "startsAfter=2026-01-01T00:00:00Z"],
        "GET /admin/users": ["", "role=tenantAdmin", "role=candidate", "status=deactivated", "page=500"],
        "GET /admin/companies": ["", "approval=approved"],
        "GET /companies/{id}/users": [""],
        "GET /companies/{id}/candidates": ["", "page=500"],
        "GET /companies/{id}/candidate-imports": [""],
        "GET /notifications": [""],
        "GET /admin/audit": ["", "name=application.submitted", "actor={admin}", "to=2026-06-01T00:00:00Z"],
        "GET /events": ["", "after=25000"],
        "GET /admin/mail": ["", "state=dead", "state=sent"],
        "GET /admin/erasures": [""],
        "GET /admin/retention-flags": [""],
        "GET /candidates/merges": [""],
    ]

    /// Lists whose rows are one person's or one thing's, or are made by hand: they stay short, whatever the tenant does.
    private static let short: Set<String> = [
        "GET /applications/{id}/history", "GET /applications/{id}/interviews", "GET /applications/{id}/notes",
        "GET /applications/{id}/offers",
        "GET /auth/sessions", "GET /candidates/me/resumes", "GET /companies/{id}/letters", "GET /companies/{id}/ratings",
        "GET /enterprise/api-keys", "GET /jobs/{id}/team", "GET /jobs/{id}/retired-questions", "GET /approvals", "GET /approval-chains",
        "GET /notifications/preferences", "GET /pipelines", "GET /presence/users", "GET /resumes", "GET /admin/retention-rules",
        "GET /admin/schedules", "GET /candidates/merge-dismissals", "GET /candidates/merge-preview", "GET /candidates/merges/{id}/since",
        "GET /admin/scripts", "GET /admin/store", "GET /admin/tenants", "GET /admin/console/runs",
    ]

    /// Lists of what rules did, which end by their age.
    private static let aging: Set<String> = [
        "GET /admin/scripts/{id}/runs", "GET /admin/scripts/{id}/held", "GET /admin/scripts/{id}/replays",
        "GET /admin/replays/{id}/differences", "GET /candidate-imports/{id}/lines",
    ]

    /// Looks for pairs among all candidates: a report.
    private static let reports: Set<String> = ["GET /candidates/merge-proposals"]

    @Test func `every list is known here`() async throws {
        let lists = try await TestServer.running.composition.operations.filter { operation in
            operation.method == .get && operation.socket == nil
                && SchemaRecorder.schema(of: operation.output).properties.contains { $0.name == "items" }
        }
        let known = Self.short.union(Self.aging).union(Self.reports).union(Self.growing.keys)
        for list in lists { #expect(known.contains(list.name), "Say how \(list.name) grows, and how people ask for it.") }
        let all = Set(try await TestServer.running.composition.operations.map(\.name))
        for name in known { #expect(all.contains(name), "\(name) is gone") }
    }

    @Test func `a page costs its page with 50,000 rows of its kind in the tenant`() async throws {
        let crowd = try await Crowd.shared.value
        let recorder = Recorder()
        let composition = try await crowd.company.tenant.server.apart { recorder.note($0) }
        defer { Task { await composition.close() } }
        let people = try await crowd.viewers(composition)
        var asked = 0
        for (name, queries) in Self.growing.sorted(by: { $0.key < $1.key }) {
            let operation = try #require(composition.operations.first { $0.name == name })
            for (who, caller) in people where operation.admits(caller) {
                for query in queries {
                    let fields = crowd.fields(query, of: operation)
                    let first = try await crowd.judge(operation, fields, caller, recorder, "\(name)?\(query) by \(who)")
                    asked += 1
                    guard let cursor = first, !query.contains("page=") else { continue }
                    let next = fields.merging(["cursor": cursor]) { $1 }
                    _ = try await crowd.judge(operation, next, caller, recorder, "\(name)?\(query) by \(who), read on")
                }
            }
        }
        #expect(asked > 60)
    }

    @Test func `idle applications are found by when they changed, without reading the rest`() async throws {
        let crowd = try await Crowd.shared.value
        let tenant = crowd.company.tenant
        // Of the last of them, one in ten has been there for longer.
        let since = Date(timeIntervalSinceNow: -60 * 0.9 * Double(Crowd.size))
        for company in [nil, Identifier<Company>(crowd.company.id)] {
            let search = IdleApplications(category: .rejected, company: company, excepting: [], since: since)
            let (list, count) = try await tenant.server.composition.store.transaction(as: SystemActor(tenant: tenant.id)) { tx in
                (IdleQueries.list(search, unflagged: true, limit: 100, tx), IdleQueries.count(search, tx))
            }
            try await crowd.judge(list, page: 100, "the idle, company: \(company != nil)")
            try await crowd.judge(count, page: 100, "how many are idle, company: \(company != nil)")
        }
    }

    @Test func `pages reach ten thousand rows, and cursors the rest`() async throws {
        let company = try await TestTenant().company()
        let admin = try await company.tenant.admin()
        for path in ["/applications", "/jobs", "/candidates/search", "/interviews", "/notifications", "/admin/users", "/admin/companies"] {
            try await admin.get("\(path)?page=100&limit=100").expect(200)
            let refused = try await admin.get("\(path)?page=101&limit=100").expect(400)
            #expect(refused.details["page"]?.string?.contains("cursor") == true, "\(path)")
            for cursor in ["x", "W10", "WyIxIiwiMiJd", "WyJ4IiwieCIsIngiXQ"] {
                let refused = try await admin.get("\(path)?cursor=\(cursor)").expect(400)
                #expect(refused.details["cursor"] != nil, "\(path)")
            }
        }
        #expect(try await admin.get("/applications?page=2&cursor=W10").expect(400).details["page"] != nil)
    }

    @Test func `whoever reads on from cursors sees each row once, in the order of the pages`() async throws {
        let company = try await TestTenant().company()
        let candidate = try await company.tenant.candidate()
        for number in 0..<5 {
            let job = try await company.job(["title": .string("Job \(number)")])
            try await candidate.post("/jobs/\(job.id)/apply").expect(201)
        }
        let recruiter = try await company.recruiter()
        for (reader, path) in [
            (recruiter, "/applications?"), (recruiter, "/applications?sort=waiting&"), (recruiter, "/jobs?"), (candidate, "/applications?"),
            (candidate, "/jobs?"), (try await company.tenant.admin(), "/admin/users?"),
        ] {
            let whole = try await reader.get("\(path)limit=100").expect(200)
            var found: [JSON] = []
            var cursor = ""
            repeat {
                let part = try await reader.get("\(path)limit=2\(cursor)").expect(200)
                found += part.items
                #expect(part.items.count <= 2)
                #expect((part.data["pagination"] == nil) == !cursor.isEmpty, "\(path)")
                cursor = (part.data["nextCursor"]?.string).map { "&cursor=\($0)" } ?? ""
            } while !cursor.isEmpty && found.count < 100
            #expect(found == whole.items, "\(path)")
            #expect(found.count >= 3, "\(path)")
        }
    }

    @Test func `words find names in any script, however their accents are written`() async throws {
        let company = try await TestTenant().company()
        let tenant = company.tenant
        for (name, queries) in [
            ("J\u{FC}rgen", ["j\u{FC}rgen", "ju\u{308}rgen", "jurg", "J\u{DC}RGEN"]), ("王小明", ["王", "小明", "明"]),
            ("Ольга", ["ольга", "ОЛЬ"]),
            ("عمر", ["عمر"]), ("नमिता", ["नमि"]), ("O'Neill-Straße", ["neill", "stra", "o'neill", "O’Neill", "oneill", "STRASSE"]),
            ("Łukasz Bjørn", ["lukasz", "bjorn", "\u{FF22}jorn"]), ("Nu\u{301}ñez", ["núñez", "nunez", "NUN\u{303}EZ"]), ("שָׁלוֹם", ["שלום"]),
            ("ガブリエル", ["ブリ", "ガブ"]),
        ] {
            let person = try await tenant.candidate(name).inPool()
            for query in queries {
                let escaped = try #require(query.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
                let found = try await company.admin.get("/candidates/search?q=\(escaped)").expect(200).items
                #expect(found.contains { $0["id"]?.string == person.id }, "\(name) by \(query)")
            }
        }
        #expect(try await company.admin.get("/candidates/search?q=nobody").expect(200).items.isEmpty)
        #expect(try await company.admin.get("/candidates/search?q=%2E").expect(200).items.isEmpty)
    }

    @Test func `a candidate is found by what they say now, and once by words that begin alike`() async throws {
        let company = try await TestTenant().company()
        let ada = try await company.tenant.candidate().inPool()
        func found(_ query: String) async throws -> Int {
            try await company.admin.get("/candidates/search?\(query)").expect(200).items.count
        }
        try await ada.patch("/candidates/me", ["headline": "Java and JavaScript", "skills": ["Java 21"]]).expect(200)
        #expect(try await found("q=java") == 1)
        #expect(try await found("q=java%20script") == 0)
        #expect(try await found("skills=java%2021") == 1)
        #expect(try await found("skills=java") == 0)
        try await ada.patch("/candidates/me", ["headline": "Baker", "skills": .null]).expect(200)
        #expect(try await found("q=java") == 0)
        try await ada.patch("/users/me", ["firstName": "Augusta"]).expect(200)
        #expect(try await found("q=augusta%20baker") == 1)
        #expect(try await found("q=ada") == 0)
    }
}

/// What a composition sends to the database.
final class Recorder: Sendable {
    private let statements = Mutex<[SQL]>([])

    func note(_ sent: [SQL]) { statements.withLock { $0 += sent } }

    /// Without what only frames them.
    func take() -> [SQL] {
        statements.withLock { noted in
            defer { noted = [] }
            return noted.filter { statement in !["BEGIN", "COMMIT", "SELECT set_config"].contains { statement.text.hasPrefix($0) } }
        }
    }
}
