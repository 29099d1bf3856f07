import Companies
import Foundation
import Kernel
import Postgres

struct ShowImport: Codable, Sendable {
    let id: Identifier<CandidateImport>
}

struct ListImports: Codable, Sendable {
    let id: Identifier<Company>
    let page: PageNumber?
    let cursor: ListCursor?
    let limit: Bounded<1, 100>?
}

struct ListLines: Codable, Sendable {
    let id: Identifier<CandidateImport>
    let outcome: ImportOutcome?
    /// The last line of the page before.
    let cursor: Bounded<1, 2_000_000_000>?
    let limit: Bounded<1, 100>?
}

extension Sourcing {
    func listImports(_ input: ListImports, by member: Member) async throws(Failure) -> Page<CandidateImport> {
        let request = try PageRequest(page: input.page, limit: input.limit, cursor: input.cursor)
        let rows = try await store.queries(
            as: member,
            [
                SourcingQueries.company(input.id, tenant: member.tenant),
                try ImportQueries.list(of: input.id, tenant: member.tenant, request),
            ]
        )
        guard !rows[0].isEmpty else { throw .companyNotFound }
        try member.require(.addCandidates, in: input.id)
        return try Page(rows[1], request: request, CandidateImport.init)
    }

    func showImport(_ input: ShowImport, by member: Member) async throws(Failure) -> CandidateImport {
        guard let row = try await store.query(as: member, ImportQueries.one(input.id, tenant: member.tenant)).first else {
            throw .importNotFound
        }
        let found = try reading { try CandidateImport(row) }
        guard member.scope(.addCandidates).contains(found.companyId) else { throw .importNotFound }
        return found
    }

    func listLines(_ input: ListLines, by member: Member) async throws(Failure) -> CursorPage<ImportLineView> {
        _ = try await showImport(ShowImport(id: input.id), by: member)
        let limit = input.limit?.value ?? 50
        let statement = ImportQueries.lines(input.id, input.outcome, after: input.cursor?.value, limit: limit, tenant: member.tenant)
        return CursorPage(try await store.query(as: member, statement).decoded(ImportLineView.init), limit: limit) { "\($0.line)" }
    }

    /// All lines, in one piece: there are at most as many as a file may have.
    func report(_ input: ShowImport, by member: Member) async throws(Failure) -> FileDownload {
        let done = try await showImport(input, by: member)
        let statement = ImportQueries.lines(input.id, nil, after: nil, limit: Table.mostLines, tenant: member.tenant)
        let lines = try await store.query(as: member, statement).decoded(ImportLineView.init)
        let fields = ImportField.allCases.map(\.rawValue).filter { done.columns[$0] != nil }
        let heading = ["line", "outcome", "field", "reason", "candidateId", "applicationId"] + fields
        let rows = lines.map { line in
            [
                "\(line.line)", line.outcome?.rawValue ?? "", line.field ?? "", line.reason ?? "", line.candidateId?.description ?? "",
                line.applicationId?.uuidString.lowercased() ?? "",
            ] + fields.map { line.values[$0] ?? "" }
        }
        // The mark tells spreadsheets that it is UTF-8.
        let bytes = Array(("\u{FEFF}" + ([heading] + rows).map(CSV.line).joined()).utf8)
        let stream = AsyncThrowingStream<[UInt8], any Error> { part in
            part.yield(bytes)
            part.finish()
        }
        return FileDownload(stream, size: bytes.count, name: "import-\(done.id).csv", mediaType: "text/csv; charset=utf-8")
    }
}
