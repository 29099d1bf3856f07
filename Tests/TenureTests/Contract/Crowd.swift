import Foundation
import Identity
import Kernel
import Logging
import Postgres
import Testing

@testable import tenure

/// A tenant with 50,000 rows of everything that grows, written behind the server's back.
struct Crowd: Sendable {
    static let size = 50_000
    static let shared = Task { try await Crowd() }

    let company: TestCompany
    private let admin: Person
    private let recruiter: Person
    private let boss: Person
    private let job: String
    private let candidate: UUID

    private init() async throws {
        company = try await TestTenant(on: TestServer.crowded.value).company()
        admin = try await company.tenant.admin()
        recruiter = try await company.recruiter()
        boss = try await company.tenant.candidate("Both")
        let job = try await company.job()
        self.job = job.id
        let pipeline = try await company.admin.get("/jobs/\(job.id)").expect(200).data["pipelineId"]?.string ?? ""
        candidate = UUID()
        try await fill(pipeline: try #require(UUID(uuidString: pipeline)))
    }

    /// Who looks: at everything, at one company, and at what is theirs.
    func viewers(_ composition: Composition) async throws -> [(String, Caller)] {
        var viewers: [(String, Caller)] = []
        for (who, person) in [("the administrator", admin), ("a recruiter", recruiter), ("a candidate", boss)] {
            let caller = try await composition.identity.authenticator.authenticate(
                bearer: person.token,
                tenantCode: nil,
                host: nil,
                origin: .inside
            )
            viewers.append((who, caller))
        }
        return viewers
    }

    /// The fields of a query, with the ids that its path needs.
    func fields(_ query: String, of operation: APIOperation) -> [String: String] {
        let ids = ["job": job, "company": company.id, "candidate": candidate.uuidString.lowercased(), "admin": admin.id]
        var fields: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            var value = String(parts[1]).replacing("%20", with: " ")
            for (name, id) in ids { value = value.replacing("{\(name)}", with: id) }
            fields[String(parts[0])] = value
        }
        if operation.path.contains("{id}") { fields["id"] = operation.path.hasPrefix("/companies") ? company.id : job }
        return fields
    }

    /// Calls the operation and holds what it asked PostgreSQL to the page that it shows. The cursor of the next page comes back.
    func judge(
        _ operation: APIOperation,
        _ fields: [String: String],
        _ caller: Caller,
        _ recorder: Recorder,
        _ what: String
    ) async throws -> String? {
        _ = recorder.take()
        let output = try JSON(encoding: try await operation.perform(InputSource(texts: fields), by: caller))
        let statements = recorder.take()
        #expect((1...6).contains(statements.count), "\(what) takes \(statements.count) statements")
        // A board shows eight columns.
        let page = fields["page"] != nil ? 10_000 : operation.path.hasSuffix("/board") ? 160 : 20
        for statement in statements { try await judge(statement, page: page, what) }
        return output["nextCursor"]?.string
    }

    /// Holds a statement to the rows that it shows. Nearly all rows of these tables are the crowd's, so that reading a table whole for the
    /// first few of them may look cheap; with others' rows in it, it isn't.
    func judge(_ statement: SQL, page: Int, _ what: String) async throws {
        let results = try await company.tenant.server.application.pipeline([
            "SELECT set_config('tenure.tenant_id', \(company.tenant.id.description), true), set_config('enable_seqscan', 'off', true)",
            "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) \(statement)",
        ])
        let explained: String = try results[1][0](0)
        let plan = Plan(try JSON(parsing: Data(explained.utf8))[0]?["Plan"] ?? .null)
        #expect(plan.problems(page: page) == [], "\(what): \(statement.text)\n\(explained)")
    }
}

/// A plan as PostgreSQL explains it after it ran.
private struct Plan {
    private let node: JSON
    private let isCounting: Bool

    /// Tables that no statement of a list may read whole.
    private static let growing: Set<String> = [
        "applications", "jobs", "users", "candidates", "candidate_listings", "candidate_words", "interviews", "companies",
        "company_members", "notifications", "events", "mails", "work", "erasures", "retention_flags", "candidate_merges", "resumes",
        "scorecards", "sourced_candidates",
    ]

    init(_ node: JSON, isCounting: Bool = false) {
        self.node = node
        self.isCounting = isCounting || node["Node Type"]?.string == "Aggregate" && node["Strategy"]?.string == "Plain"
    }

    private func number(_ name: String) -> Double { node[name]?.double ?? 0 }
    private var loops: Double { number("Actual Loops") }
    private var rows: Double { number("Actual Rows") * loops }
    private var type: String { node["Node Type"]?.string ?? "" }
    private var parts: [Plan] { (node["Plans"]?.items ?? []).map { Plan($0, isCounting: isCounting) } }

    private var everything: [Plan] { [self] + parts.flatMap(\.everything) }

    /// What was looked for to show a page, or to count as far as anybody counts. What is fetched by its key for a row that is shown doesn't count.
    private func read(counting: Bool) -> Double {
        everything.filter { $0.isCounting == counting && $0.node["Relation Name"] != nil && !$0.isFetch }.map(\.read).reduce(0, +)
    }

    private var removed: Double { number("Rows Removed by Filter") + number("Rows Removed by Index Recheck") }
    private var isFetch: Bool { type.hasPrefix("Index") && number("Actual Rows") <= 1 && removed == 0 }

    func problems(page: Int) -> [String] {
        var problems: [String] = []
        for part in everything where part.loops > 0 {
            if part.type == "Seq Scan", let table = part.node["Relation Name"]?.string, Self.growing.contains(table), part.read > 10 {
                problems.append("reads all of \(table)")
            }
            let sorted = part.parts.map(\.rows).reduce(0, +)
            if part.type.hasSuffix("Sort"), sorted > Double(part.isCounting ? ListQuery.mostCounted + 1 : 10 * page) {
                problems.append("sorts \(Int(sorted)) rows")
            }
        }
        let shown = read(counting: false)
        if shown > Double(10 * page) { problems.append("reads \(Int(shown)) rows for a page of \(page)") }
        let counted = read(counting: true)
        if counted > Double(10 * ListQuery.mostCounted) { problems.append("reads \(Int(counted)) rows to count \(ListQuery.mostCounted)") }
        return problems
    }

    private var read: Double { rows + removed * loops }
}

extension Crowd {
    /// One statement a table, past triggers and foreign keys, whose rows are written here as well.
    private func fill(pipeline: UUID) async throws {
        let tenant = company.tenant.id
        let owner = try #require(UUID(uuidString: company.id))
        let (boss, crowded) = (try #require(UUID(uuidString: admin.id)), try #require(UUID(uuidString: job)))
        let numbers: SQL = "generate_series(1, \(Self.size)::int) n"
        @Sendable func made(_ kind: StaticString, _ number: SQL = "n") -> SQL {
            "md5(\(tenant.description)::text || '\(raw: kind)' || \(number))::uuid"
        }
        // All of them are in the pool, and one in ten has applied to the company.
        let audiences: [(SQL, every: Int)] = [
            ("\(tenant)::uuid", 1), ("'00000000-0000-0000-0000-000000000000'::uuid", 1), ("\(owner)::uuid", 10),
        ]
        try await company.tenant.server.inspector.transaction { transaction in
            try await transaction.execute("SET LOCAL session_replication_role = replica")
            try await transaction.execute(
                """
                INSERT INTO companies (tenant_id, id, name, approval, created_at, updated_at)
                SELECT \(tenant), \(made("company")), 'Company ' || n, 'approved', now() - n * interval '1 minute', now()
                FROM \(numbers)
                """
            )
            try await transaction.execute(
                """
                INSERT INTO users (tenant_id, id, email, first_name, last_name, folded, roles, status, created_at, updated_at)
                SELECT
                    \(tenant), CASE n WHEN 1 THEN \(candidate)::uuid ELSE \(made("user")) END, 'crowd' || n || '@example.com', 'Anna', 'Crowd ' || n,
                    'anna crowd ' || n || ' crowd' || n || '@example.com',
                    CASE WHEN n % 5000 = 0 THEN '{employer}'::text[] ELSE '{candidate}' END,
                    CASE WHEN n % 100 = 0 THEN 'deactivated' ELSE 'active' END, now() - n * interval '1 minute', now()
                FROM \(numbers)
                """
            )
            try await transaction.execute(
                """
                INSERT INTO candidates (tenant_id, id, headline, location, skills, job_search_mode, updated_at)
                SELECT
                    \(tenant), \(made("user")), 'Engineer', 'Berlin', ARRAY['Swift', 'rare' || n % 5000],
                    CASE WHEN n % 50 = 0 THEN 'active' ELSE 'passive' END, now()
                FROM \(numbers)
                WHERE n > 1
                """
            )
            try await transaction.execute(
                """
                INSERT INTO sourced_candidates (tenant_id, id, company_id, added_at)
                SELECT \(tenant), \(made("user")), \(owner)::uuid, now() - n * interval '1 minute'
                FROM \(numbers)
                WHERE n > 1
                """
            )
            for (audience, every) in audiences {
                try await transaction.execute(
                    """
                    INSERT INTO candidate_listings (tenant_id, id, audience, name, skills, years, job_search_mode)
                    SELECT
                        \(tenant), \(made("user")), \(audience), 'anna crowd ' || n, ARRAY['swift', 'rare' || n % 5000], n % 20,
                        CASE WHEN n % 50 = 0 THEN 'active' ELSE 'passive' END
                    FROM \(numbers)
                    WHERE n > 1 AND n % \(every)::int = 0
                    """
                )
                try await transaction.execute(
                    """
                    INSERT INTO candidate_words (tenant_id, candidate_id, audience, term, name)
                    SELECT \(tenant), \(made("user")), \(audience), t.term, 'anna crowd ' || n
                    FROM \(numbers)
                    CROSS JOIN unnest(ARRAY['anna', 'crowd', 'engineer', chr(1) || 'berlin', 'swift', 'rare' || n % 5000]) AS t (term)
                    WHERE n > 1 AND n % \(every)::int = 0
                    """
                )
            }
            try await transaction.execute(
                """
                INSERT INTO company_members (tenant_id, company_id, user_id, role, status, created_at, updated_at)
                SELECT \(tenant), \(owner)::uuid, \(made("user")), 'recruiter', 'deactivated', now() - n * interval '1 minute', now()
                FROM \(numbers)
                WHERE n > 1
                """
            )
            try await transaction.execute(
                """
                INSERT INTO jobs (
                    tenant_id, id, company_id, pipeline_id, title, description, workplace, employment_type, openings, details, status, created_at,
                    updated_at, published_at
                )
                SELECT
                    \(tenant), \(made("job")), CASE WHEN n % 2 = 0 THEN \(owner)::uuid ELSE \(made("company")) END, \(pipeline)::uuid, 'Job ' || n, 'Work.',
                    'onsite', 'fullTime', 1, '{}', CASE WHEN n % 4 = 0 THEN 'draft' ELSE 'published' END, now() - n * interval '1 minute',
                    now() - n * interval '1 minute', CASE WHEN n % 4 <> 0 THEN now() - n * interval '1 minute' END
                FROM \(numbers)
                """
            )
            try await transaction.execute(
                """
                INSERT INTO applications (
                    tenant_id, id, job_id, company_id, candidate_id, stage_id, status, category, applicant, answers, score, rating, applied_at, moved_at,
                    updated_at
                )
                SELECT
                    \(tenant), \(made("application")), CASE WHEN n % 10 = 0 THEN \(crowded)::uuid ELSE \(made("job")) END,
                    CASE WHEN n % 2 = 0 THEN \(owner)::uuid ELSE \(made("company")) END,
                    CASE WHEN n % 10000 = 1 THEN \(candidate)::uuid ELSE \(made("user")) END, s.id, s.key, s.category, '{"name": "Anna Crowd"}', '[]',
                    n % 101, CASE WHEN n % 3 = 0 THEN 4 END, now() - n * interval '1 minute', now() - n * interval '1 minute',
                    now() - n * interval '1 minute'
                FROM \(numbers)
                JOIN (
                    SELECT id, key, category, row_number() OVER (ORDER BY position) AS place, count(*) OVER () AS stages
                    FROM stages
                    WHERE tenant_id = \(tenant) AND pipeline_id = \(pipeline)::uuid
                ) s ON s.place = 1 + (n * 7 / 10) % s.stages
                """
            )
            try await transaction.execute(
                """
                INSERT INTO interviews (
                    tenant_id, id, application_id, company_id, kind, starts_at, duration_minutes, interviewers, outcome, created_at
                )
                SELECT
                    \(tenant), \(made("interview")), \(made("application")), CASE WHEN n % 2 = 0 THEN \(owner)::uuid ELSE \(made("company")) END,
                    'phone', now() - n * interval '1 minute', 30, '{}', CASE WHEN n % 20 = 0 THEN 'pending' ELSE 'passed' END, now()
                FROM \(numbers)
                """
            )
            try await transaction.execute(
                """
                INSERT INTO notifications (tenant_id, id, user_id, kind, text, read_at, created_at)
                SELECT \(tenant), \(made("notification")), \(boss)::uuid, 'message', 'Hello.', CASE WHEN n % 2 = 0 THEN now() END, now()
                FROM \(numbers)
                """
            )
            try await transaction.execute(
                """
                INSERT INTO events (tenant_id, id, sequence, name, subject_kind, subject_id, actor_kind, actor_id, payload, occurred_at, hash)
                SELECT
                    \(tenant), \(made("event")), 100000 + n, CASE WHEN n % 50 = 0 THEN 'application.submitted' ELSE 'crowd.gathered' END, 'crowd',
                    \(made("user")), 'user', CASE WHEN n % 100 = 0 THEN \(boss)::uuid ELSE \(made("user")) END, '{}',
                    '2026-07-01'::timestamptz - n * interval '1 hour', '\\x00'
                FROM \(numbers)
                """
            )
            try await transaction.execute(
                """
                INSERT INTO mails (tenant_id, id, message, recipients, subject, attempts, created_at, sent_at)
                SELECT
                    \(tenant), \(made("mail")), \(tenant.description)::text || n, '{a@example.com}', 'Hello', 1, now(),
                    CASE WHEN n % 5000 <> 0 THEN now() END
                FROM \(numbers)
                """
            )
            try await transaction.execute(
                """
                INSERT INTO erasures (tenant_id, id, number, origin, status, requested_at, due_at)
                SELECT \(tenant), \(made("erasure")), n, 'person', 'completed', now(), now()
                FROM \(numbers)
                """
            )
            try await transaction.execute(
                """
                INSERT INTO retention_flags (tenant_id, application_id, rule_id, flagged_at, due_at)
                SELECT \(tenant), \(made("application")), \(made("rule", "1")), now(), '2999-01-01'
                FROM \(numbers)
                """
            )
            try await transaction.execute(
                """
                INSERT INTO candidate_merges (tenant_id, id, kept_id, merged_id, reasons, merged_at, undone_at)
                SELECT \(tenant), \(made("merge")), \(candidate)::uuid, \(made("user")), '{name}', now(), now()
                FROM \(numbers)
                WHERE n > 1
                """
            )
        }
        for table in [
            "companies", "users", "candidates", "candidate_listings", "candidate_words", "company_members", "jobs", "applications",
            "interviews",
            "notifications", "events", "mails", "erasures", "retention_flags", "candidate_merges",
        ] {
            try await company.tenant.execute("VACUUM (ANALYZE) \(identifier: table)")
        }
    }
}
