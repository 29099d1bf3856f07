import Foundation
import Jobs
import Kernel
import Postgres

/// A file of candidates, its first line the heading.
struct StartImport: Codable, Sendable {
    let id: Identifier<Company>
    /// CSV with commas, semicolons or tabs, in UTF-8 or UTF-16: at most 5 MB and 10,000 lines.
    let file: UploadedFile
    /// An open job of the company, which all of them are entered for.
    let jobId: Identifier<Job>?
    /// Where the candidates of lines that don't say it come from.
    let source: Text<60>?
    /// An object of fields and headings, as JSON, for columns that aren't called like what they say: `{"email": "Contact 1"}`.
    let mapping: Text<5000>?
    /// Checks what the import would do, and adds nobody.
    let dryRun: Bool?
}

extension Sourcing {
    static let largestImport = 5 * 1024 * 1024

    func startImport(_ input: StartImport, by member: Member) async throws(Failure) -> CandidateImport {
        try await requireCompany(input.id, of: member)
        guard input.file.size <= Self.largestImport else { throw .importTooLarge }
        let data: Data
        do { data = try Data(contentsOf: URL(fileURLWithPath: input.file.path)) } catch { throw .internal(error) }
        let table = try Table(data)
        let columns = try Columns(table.heading, mapping: input.mapping?.value)
        let lines = table.lines.map { line in
            var fields = columns.values(line.cells)
            if line.cells.dropFirst(table.heading.count).contains(where: { !$0.isEmpty }) { fields[ImportedLine.surplus] = "yes" }
            return ImportedLine(number: line.number, fields: fields)
        }
        let headings = columns.places.reduce(into: [:]) { $0[$1.key.rawValue] = table.heading[$1.value] }
        return try await store.transaction(as: member) { tx in
            _ = try await company(input.id, of: member, in: tx)
            try await requireJob(input.jobId, of: input.id, tx)
            let id = Identifier<CandidateImport>()
            try tx.queue(ImportQueries.insert(id, input, headings, ignoring: columns.ignored, lines: lines.count, tx))
            try tx.queue(ImportQueries.insert(lines, of: id, tx))
            try tx.enqueue(RunImport(id: id, after: 0))
            guard let row = try await tx.first(ImportQueries.one(id, tenant: tx.tenant)) else { throw Failure.importNotFound }
            return try await tx.answering(CandidateImport(row))
        }
    }
}
