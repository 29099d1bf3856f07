import Foundation
import Jobs
import Kernel
import Postgres

/// Statements on imports of candidates.
enum ImportQueries {
    private static let columns: SQL = """
        i.id, i.company_id, i.job_id, i.file_name, i.source, i.is_trial, i.columns::text AS columns, i.ignored_columns, i.lines, i.created,
        i.already_there, i.refused, i.created_by, i.created_at, i.completed_at
        """

    static func insert(
        _ id: Identifier<CandidateImport>,
        _ input: StartImport,
        _ headings: [String: String],
        ignoring ignored: [String],
        lines: Int,
        _ tx: TenantTransaction
    ) throws(Failure) -> SQL {
        """
        INSERT INTO candidate_imports (
            tenant_id, id, company_id, job_id, file_name, source, is_trial, columns, ignored_columns, lines, created_by, created_at
        )
        VALUES (
            \(tx.tenant), \(id), \(input.id), \(input.jobId), \(input.file.name), \(input.source), \(input.dryRun ?? false),
            \(try Wire.text(headings))::jsonb, \(ignored)::text[], \(lines), \(tx.caller.user), \(tx.now)
        )
        """
    }

    static func insert(_ lines: [ImportedLine], of id: Identifier<CandidateImport>, _ tx: TenantTransaction) throws(Failure) -> SQL {
        let rows = try Wire.text(lines.map(Stored.init))
        return """
            INSERT INTO candidate_import_lines (tenant_id, import_id, line, fields, address, person)
            SELECT
                \(tx.tenant), \(id), (l.value ->> 'line')::integer, l.value -> 'fields', l.value ->> 'address',
                right(regexp_replace(l.value ->> 'phone', '\\D', '', 'g'), 9) || ' ' || NULLIF(folded_name(l.value ->> 'name'), '')
            FROM jsonb_array_elements(\(rows)::jsonb) l
            """
    }

    private struct Stored: Codable {
        let line: Int
        let fields: [String: String]
        let address: String?
        let phone: String?
        let name: String

        init(_ line: ImportedLine) {
            self.line = line.number
            fields = line.fields
            address = line.address
            phone = line.phone
            name = line.name
        }
    }

    static func one(_ id: Identifier<CandidateImport>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT \(columns) FROM candidate_imports i WHERE i.tenant_id = \(tenant) AND i.id = \(id)"
    }

    static func list(of company: Identifier<Company>, tenant: Identifier<Tenant>, _ request: PageRequest) throws(Failure) -> SQL {
        try ListQuery(
            columns,
            from: "candidate_imports i",
            where: "i.tenant_id = \(tenant) AND i.company_id = \(company)",
            by: .descending(.time("created_at"), .id("id"))
        ).page(request)
    }

    /// Under lock, as long as it isn't completed.
    static func open(_ id: Identifier<CandidateImport>, _ tx: TenantTransaction) -> SQL {
        "\(one(id, tenant: tx.tenant)) AND i.completed_at IS NULL FOR UPDATE"
    }

    static func waiting(_ id: Identifier<CandidateImport>, after line: Int, limit: Int, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT l.line, l.fields::text AS fields
        FROM candidate_import_lines l
        WHERE l.tenant_id = \(tenant) AND l.import_id = \(id) AND l.line > \(line) AND l.outcome IS NULL
        ORDER BY l.line
        LIMIT \(limit)::int
        """
    }

    /// Whom the company already knows by a line's address; by number and name, if it has none. Who applied to a confidential job is known to
    /// its team alone. What earlier lines of a dry run would have
    /// added isn't there, but they say so.
    static func known(_ line: Int, of running: CandidateImport, tenant: Identifier<Tenant>) -> SQL {
        """
        WITH asked AS (
            SELECT l.address, l.person, split_part(l.person, ' ', 1) AS phone, substr(l.person, strpos(l.person, ' ') + 1) AS name
            FROM candidate_import_lines l
            WHERE l.tenant_id = \(tenant) AND l.import_id = \(running.id) AND l.line = \(line)
        )
        SELECT u.id
        FROM asked
        JOIN users u ON u.tenant_id = \(tenant) AND u.contact_email = asked.address AND u.status = 'sourced'
        JOIN sourced_candidates k ON k.tenant_id = \(tenant) AND k.id = u.id AND k.company_id = \(running.companyId)
        UNION ALL
        SELECT u.id
        FROM asked
        JOIN users u ON u.tenant_id = \(tenant) AND u.email = asked.address AND u.status = 'active'
        JOIN applications a ON a.tenant_id = \(tenant) AND a.candidate_id = u.id AND a.company_id = \(running.companyId)
        JOIN jobs j ON j.tenant_id = \(tenant) AND j.id = a.job_id AND NOT j.is_confidential
        UNION ALL
        SELECT k.id
        FROM asked
        JOIN candidate_traits p ON p.tenant_id = \(tenant) AND p.reason = 'phone' AND p.value = asked.phone
        JOIN candidate_traits n
            ON n.tenant_id = \(tenant) AND n.reason = 'name' AND n.value = asked.name AND n.candidate_id = p.candidate_id
        JOIN sourced_candidates k ON k.tenant_id = \(tenant) AND k.id = p.candidate_id AND k.company_id = \(running.companyId)
        WHERE asked.address IS NULL
        UNION ALL
        SELECT NULL
        FROM asked
        JOIN candidate_import_lines l
            ON l.tenant_id = \(tenant) AND l.import_id = \(running.id) AND l.line < \(line) AND l.outcome = 'created'
            AND CASE WHEN asked.address IS NULL THEN l.person = asked.person ELSE l.address = asked.address END
        LIMIT 1
        """
    }

    /// With the counts, in one statement. Nobody was added in a trial.
    static func setResults(
        _ results: [LineResult],
        of id: Identifier<CandidateImport>,
        isTrial: Bool,
        _ tx: TenantTransaction
    ) throws(Failure) -> SQL {
        let added = isTrial ? Set(results.filter { $0.outcome == .created }.compactMap(\.candidate)) : []
        let rows = try Wire.text(results.map { Decided($0, without: added) })
        return """
            WITH decided AS (
                SELECT
                    (r.value ->> 'line')::integer AS line, r.value ->> 'outcome' AS outcome, r.value ->> 'field' AS field,
                    r.value ->> 'reason' AS reason, (r.value ->> 'candidate')::uuid AS candidate, (r.value ->> 'application')::uuid AS application
                FROM jsonb_array_elements(\(rows)::jsonb) r
            ), changed AS (
                UPDATE candidate_import_lines l
                SET outcome = d.outcome, problem_field = d.field, problem = d.reason, candidate_id = d.candidate, application_id = d.application
                FROM decided d
                WHERE l.tenant_id = \(tx.tenant) AND l.import_id = \(id) AND l.line = d.line AND l.outcome IS NULL
                RETURNING l.outcome
            )
            UPDATE candidate_imports i
            SET created = i.created + c.created, already_there = i.already_there + c.already_there, refused = i.refused + c.refused
            FROM (
                SELECT
                    count(*) FILTER (WHERE outcome = 'created') AS created, count(*) FILTER (WHERE outcome = 'alreadyThere') AS already_there,
                    count(*) FILTER (WHERE outcome = 'refused') AS refused
                FROM changed
            ) c
            WHERE i.tenant_id = \(tx.tenant) AND i.id = \(id)
            """
    }

    private struct Decided: Codable {
        let line: Int
        let outcome: ImportOutcome
        let field: String?
        let reason: String?
        let candidate: Identifier<User>?
        let application: UUID?

        init(_ result: LineResult, without added: Set<Identifier<User>>) {
            let isGone = result.candidate.map(added.contains) ?? false
            line = result.line
            outcome = result.outcome
            field = result.problem?.field
            reason = result.problem?.text
            candidate = isGone ? nil : result.candidate
            application = isGone ? nil : result.application
        }
    }

    static func complete(_ id: Identifier<CandidateImport>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE candidate_imports i
        SET completed_at = \(tx.now)
        WHERE i.tenant_id = \(tx.tenant) AND i.id = \(id) AND i.completed_at IS NULL
        RETURNING \(columns)
        """
    }

    static func lines(
        _ id: Identifier<CandidateImport>,
        _ outcome: ImportOutcome?,
        after line: Int?,
        limit: Int,
        tenant: Identifier<Tenant>
    ) -> SQL {
        let only: SQL = outcome.map { "AND l.outcome = \($0)" } ?? ""
        return ListQuery(
            """
            l.line, l.outcome, l.problem_field, l.problem, l.candidate_id, l.application_id, (l.fields - 'surplus')::text AS fields
            """,
            from: "candidate_import_lines l",
            where: "l.tenant_id = \(tenant) AND l.import_id = \(id) \(only)",
            by: .ascending(.whole("line"))
        ).rows(after: line.map { "line > \($0)" }, limit: limit)
    }
}
