import Foundation
import Kernel
import Postgres

/// Searches everybody's rows for mentions of the person, and removes what is theirs.
struct TableSearch: Sendable {
    let table: PersonalTable
    let index: Int
    let columns: [SearchedColumn]
    let subject: ErasureSubject
    private let redaction: Redaction

    init(table: PersonalTable, index: Int, columns: [SearchedColumn], subject: ErasureSubject) {
        self.table = table
        self.index = index
        self.columns = columns
        self.subject = subject
        redaction = Redaction(subject)
    }

    func count(_ door: OperatorDoor) async throws(Failure) -> Int {
        var total = 0
        var after: UUID?
        let isOrdered = try await isOrdered(door)
        repeat {
            let window = try await next(after, isOrdered, door)
            let rows = try await door.upkeep(SearchQueries.rows(self, window, isLocked: false))
            total += try reading { try rows.count { try !changes(in: $0).isEmpty } }
            after = window.end
        } while after != nil
        return total
    }

    func erase(
        _ key: ErasureKey,
        after reached: UUID?,
        until deadline: ContinuousClock.Instant,
        _ door: OperatorDoor
    ) async throws(Failure) -> Bool {
        var after = reached
        let isOrdered = try await isOrdered(door)
        repeat {
            if ContinuousClock.now > deadline { return false }
            let window = try await next(after, isOrdered, door)
            try await door.upkeep { transaction in
                let rows = try await transaction.query(SearchQueries.rows(self, window, isLocked: true))
                let updates = try rows.compactMap { row -> SQL? in
                    let changes = try changes(in: row)
                    return changes.isEmpty ? nil : SearchQueries.update(self, try row(0), changes)
                }
                let progress = ProgressQueries.add(updates.count, at: table.name.description, reached: window.end, key)
                _ = try await transaction.last(updates + [progress])
            }
            after = window.end
        } while after != nil
        return true
    }

    /// Whether the table can be searched in the order of ids; the others are small, or kept for a day.
    private func isOrdered(_ door: OperatorDoor) async throws(Failure) -> Bool {
        try await !door.upkeep(SearchQueries.idColumn(table.name.description)).isEmpty
    }

    private func next(_ after: UUID?, _ isOrdered: Bool, _ door: OperatorDoor) async throws(Failure) -> Window {
        guard isOrdered else { return .all }
        return try await Window.next(in: "\(raw: table.name)", after: after, table.rows(of: subject), door)
    }

    /// The columns to change, with their new values.
    private func changes(in row: Row) throws -> [(column: SearchedColumn, text: String)] {
        try columns.enumerated().compactMap { position, column in
            guard let text: String = try row(position + 1), let changed = redacted(text, column.form) else { return nil }
            return (column, changed)
        }
    }

    private func redacted(_ text: String, _ form: SearchedColumn.Form) -> String? {
        if case .text = form {
            let changed = redaction.redacted(text)
            return changed == text ? nil : changed
        }
        guard let json = try? JSON(parsing: text.utf8, depth: Redaction.mostLevels) else { return nil }
        let changed = redaction.redacted(json)
        return changed == json ? nil : changed.text
    }
}

private enum SearchQueries {
    static func idColumn(_ table: String) -> SQL {
        """
        SELECT attname
        FROM pg_attribute
        WHERE attrelid = to_regclass(\(table)) AND attname = 'id' AND atttypid = 'uuid'::regtype AND NOT attisdropped
        """
    }

    static func rows(_ search: TableSearch, _ window: Window, isLocked: Bool) -> SQL {
        let texts = search.columns.map(text)
        let locking: SQL = isLocked ? "FOR UPDATE OF t" : ""
        return """
            SELECT t.ctid::text, \(texts.joined(separator: ", "))
            FROM \(raw: search.table.name) t
            WHERE \(search.table.rows(of: search.index, search.subject)) AND \(window.condition)
                AND EXISTS (
                    SELECT
                    FROM unnest(\(Redaction.needles(of: search.subject))::text[]) AS needle (word)
                    WHERE strpos(lower(concat_ws(' ', \(texts.joined(separator: ", ")))), needle.word) > 0
                )
            \(locking)
            """
    }

    static func update(_ search: TableSearch, _ place: String, _ changes: [(column: SearchedColumn, text: String)]) -> SQL {
        let values = changes.map { "\(raw: $0.column.name) = \(value($0.text, $0.column.form))" as SQL }
        return "UPDATE \(raw: search.table.name) t SET \(values.joined(separator: ", ")) WHERE t.ctid = \(place)::tid"
    }

    private static func text(_ column: SearchedColumn) -> SQL {
        switch column.form {
        case .text, .json, .jsonb: "t.\(raw: column.name)::text"
        case .texts: "array_to_json(t.\(raw: column.name))::text"
        case .bytes: "convert_from(t.\(raw: column.name), 'UTF8')"
        }
    }

    private static func value(_ text: String, _ form: SearchedColumn.Form) -> SQL {
        switch form {
        case .text: "\(text)"
        case .json: "\(text)::json"
        case .jsonb: "\(text)::jsonb"
        case .texts: "ARRAY(SELECT json_array_elements_text(\(text)::json))"
        case .bytes: "convert_to(\(text), 'UTF8')"
        }
    }
}
