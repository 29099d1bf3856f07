import Blobs
import Foundation
import Kernel
import Postgres

/// A table, by its declaration. The statements run in the operator's role, because the server's own role may not change many of these rows.
struct TablePlace: ErasurePlace {
    private static let batch = 200

    let table: PersonalTable
    var name: String { table.name.description }

    func count(_ subject: ErasureSubject, _ door: OperatorDoor) async throws(Failure) -> [String: Int] {
        var counts: [String: Int] = [:]
        for (index, part) in table.parts.enumerated() {
            switch part {
            case .deleted, .replaced:
                let row = try await door.upkeep(TableQueries.count(table, index, subject)).first
                counts[name, default: 0] += try reading { try row?("rows") ?? 0 }
                counts["files", default: 0] += try reading { try row?("files") ?? 0 }
            case .searched(let columns):
                let search = TableSearch(table: table, index: index, columns: columns, subject: subject)
                counts[name, default: 0] += try await search.count(door)
            case .references, .impersonal: break
            }
        }
        return counts
    }

    func erase(
        _ subject: ErasureSubject,
        _ key: ErasureKey,
        after reached: UUID?,
        until deadline: ContinuousClock.Instant,
        _ erasure: Erasure
    ) async throws -> Bool {
        for (index, part) in table.parts.enumerated() {
            switch part {
            case .deleted:
                guard
                    try await repeating(
                        until: deadline,
                        {
                            try await write(TableQueries.delete(table, index, subject, limit: Self.batch), key, erasure.door)
                        }
                    )
                else { return false }
            case .replaced(let replacements, _):
                if let file = replacements.first(where: \.isFile) {
                    guard
                        try await repeating(until: deadline, { try await eraseFiles(file, index, subject, key, erasure) })
                    else { return false }
                }
                guard
                    try await repeating(
                        until: deadline,
                        {
                            try await write(TableQueries.replace(table, index, subject, limit: Self.batch), key, erasure.door)
                        }
                    )
                else { return false }
            case .searched(let columns):
                let search = TableSearch(table: table, index: index, columns: columns, subject: subject)
                guard try await search.erase(key, after: reached, until: deadline, erasure.door) else { return false }
            case .references, .impersonal: break
            }
        }
        return true
    }

    private func repeating(until deadline: ContinuousClock.Instant, _ step: () async throws -> Int) async throws -> Bool {
        while try await step() > 0 {
            if ContinuousClock.now > deadline { return false }
        }
        return true
    }

    private func write(_ statement: SQL, _ key: ErasureKey, _ door: OperatorDoor) async throws(Failure) -> Int {
        try await door.upkeep { transaction in
            let rows = try await transaction.execute(statement)
            if rows > 0 { _ = try await transaction.last([ProgressQueries.add(rows, at: name, reached: nil, key)]) }
            return rows
        }
    }

    /// Files are deleted before the rows that name them: a row whose file is gone is found again, a file without a row is not.
    private func eraseFiles(
        _ file: Replacement,
        _ index: Int,
        _ subject: ErasureSubject,
        _ key: ErasureKey,
        _ erasure: Erasure
    ) async throws -> Int {
        let found = try await erasure.door.upkeep(TableQueries.files(table, index, file, subject, limit: Self.batch))
        let names: [String] = try found.map { try $0("file") }
        for blob in names.compactMap(BlobKey.init) { try await erasure.blobs.delete(blob) }
        guard !names.isEmpty else { return 0 }
        return try await erasure.door.upkeep { transaction in
            let rows = try await transaction.execute(TableQueries.replace(table, index, subject, file: (file, names), limit: names.count))
            let counts = [name, "files"].map { ProgressQueries.add(rows, at: $0, reached: nil, key) }
            _ = try await transaction.last(counts)
            return rows
        }
    }
}

extension PersonalTable {
    /// Whether an erasure changes anything in it.
    var isErased: Bool {
        parts.contains { part in
            switch part {
            case .deleted, .replaced, .searched: true
            case .references, .impersonal: false
            }
        }
    }

    func rows(of subject: ErasureSubject) -> SQL { tenancy?(subject) ?? "t.tenant_id = \(subject.tenant)" }

    /// The rows of a part that no earlier part has handled.
    func rows(of index: Int, _ subject: ErasureSubject) -> SQL {
        let earlier = parts.prefix(index).compactMap { $0.whose?(subject) }.map { "(\($0)) IS NOT TRUE" as SQL }
        let own = parts[index].whose?(subject) ?? "TRUE"
        return ([rows(of: subject), "(\(own))"] + earlier).joined(separator: " AND ")
    }
}

extension PersonalTable.Part {
    fileprivate var whose: PersonalTable.Whose? {
        switch self {
        case .deleted(let whose), .replaced(_, let whose): whose
        case .searched, .references, .impersonal: nil
        }
    }

    fileprivate var replacements: [Replacement] {
        if case .replaced(let replacements, _) = self { replacements } else { [] }
    }
}

private enum TableQueries {
    /// Rows that are not yet as the erasure leaves them.
    private static func pending(_ table: PersonalTable, _ index: Int, _ subject: ErasureSubject) -> SQL {
        let changes = table.parts[index].replacements.map { replacement -> SQL in
            "(t.\(raw: replacement.column))::text IS DISTINCT FROM (\(replacement.value))::text"
        }
        let rows = table.rows(of: index, subject)
        return changes.isEmpty ? rows : "\(rows) AND (\(changes.joined(separator: " OR ")))"
    }

    static func count(_ table: PersonalTable, _ index: Int, _ subject: ErasureSubject) -> SQL {
        let file = table.parts[index].replacements.first(where: \.isFile)
        let files: SQL = file.map { "count(*) FILTER (WHERE t.\(raw: $0.column) <> '')" } ?? "0"
        return "SELECT count(*) AS rows, \(files) AS files FROM \(raw: table.name) t WHERE \(pending(table, index, subject))"
    }

    static func delete(_ table: PersonalTable, _ index: Int, _ subject: ErasureSubject, limit: Int) -> SQL {
        """
        WITH chosen AS (SELECT t.ctid FROM \(raw: table.name) t WHERE \(pending(table, index, subject)) LIMIT \(limit)::int FOR UPDATE)
        DELETE FROM \(raw: table.name) t
        USING chosen c
        WHERE t.ctid = c.ctid
        """
    }

    static func replace(
        _ table: PersonalTable,
        _ index: Int,
        _ subject: ErasureSubject,
        file: (column: Replacement, names: [String])? = nil,
        limit: Int
    ) -> SQL {
        let values = table.parts[index].replacements.map { "\(raw: $0.column) = \($0.value)" as SQL }
        let named: SQL = file.map { "AND t.\(raw: $0.column.column) = ANY(\($0.names)::text[])" } ?? ""
        return """
            WITH chosen AS (
                SELECT t.ctid FROM \(raw: table.name) t WHERE \(pending(table, index, subject)) \(named) LIMIT \(limit)::int FOR UPDATE
            )
            UPDATE \(raw: table.name) t
            SET \(values.joined(separator: ", "))
            FROM chosen c
            WHERE t.ctid = c.ctid
            """
    }

    static func files(_ table: PersonalTable, _ index: Int, _ file: Replacement, _ subject: ErasureSubject, limit: Int) -> SQL {
        """
        SELECT t.\(raw: file.column) AS file
        FROM \(raw: table.name) t
        WHERE \(pending(table, index, subject)) AND t.\(raw: file.column) <> ''
        LIMIT \(limit)::int
        """
    }
}
