package import Foundation
package import Jobs
package import Kernel
import Postgres

/// An import of candidates from a file, and what became of its lines so far.
package struct CandidateImport: Codable, Sendable {
    package enum Status: String, Codable, CaseIterable, Sendable {
        case running, completed
    }

    package let id: Identifier<CandidateImport>
    package let companyId: Identifier<Company>
    package let jobId: Identifier<Job>?
    package let fileName: String
    /// Where the candidates of lines that don't say it come from.
    package let source: String?
    /// Whether it only says what would become of the lines.
    package let dryRun: Bool
    package let status: Status
    /// Which column, by its heading, says what.
    package let columns: [String: String]
    /// Headings of columns that nothing is taken from.
    package let ignoredColumns: [String]
    /// How many lines the file has below its heading.
    package let lines: Int
    package let created: Int
    package let alreadyThere: Int
    package let refused: Int
    package let createdBy: Identifier<User>?
    package let createdAt: Date
    package let completedAt: Date?

    init(_ row: Row) throws {
        id = try row("id")
        companyId = try row("company_id")
        jobId = try row("job_id")
        fileName = try row("file_name")
        source = try row("source")
        dryRun = try row("is_trial")
        columns = try row.json("columns")
        ignoredColumns = try row("ignored_columns")
        lines = try row("lines")
        created = try row("created")
        alreadyThere = try row("already_there")
        refused = try row("refused")
        createdBy = try row("created_by")
        createdAt = try row("created_at")
        completedAt = try row("completed_at")
        status = completedAt == nil ? .running : .completed
    }
}

/// A line of an import with what became of it.
package struct ImportLineView: Codable, Sendable {
    /// As an editor numbers it: the heading is usually line 1.
    package let line: Int
    /// Absent until it has been looked at.
    package let outcome: ImportOutcome?
    /// What cannot be, of a line that is refused, and why.
    package let field: String?
    package let reason: String?
    /// The candidate who was added, or who was already there.
    package let candidateId: Identifier<User>?
    package let applicationId: UUID?
    /// What the line says, by field.
    package let values: [String: String]

    init(_ row: Row) throws {
        line = try row("line")
        outcome = try row("outcome")
        field = try row("problem_field")
        reason = try row("problem")
        candidateId = try row("candidate_id")
        applicationId = try row("application_id")
        values = try row.json("fields")
    }
}
