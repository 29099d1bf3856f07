import Foundation
import Kernel
import Postgres

/// Something that an erasure searches: a table, or the payloads of the event log.
protocol ErasurePlace: Sendable {
    var name: String { get }

    /// What `erase` would count.
    func count(_ subject: ErasureSubject, _ door: OperatorDoor) async throws(Failure) -> [String: Int]

    /// True if it has finished, false if the time was up first. `reached` is the last row that an earlier call saw.
    func erase(
        _ subject: ErasureSubject,
        _ key: ErasureKey,
        after reached: UUID?,
        until deadline: ContinuousClock.Instant,
        _ erasure: Erasure
    ) async throws -> Bool
}

extension Erasure {
    var places: [any ErasurePlace] {
        let declarations = capabilities.events.map { ($0.name, $0.personal) }
        let events = EventPlace(declarations: Dictionary(declarations, uniquingKeysWith: { first, _ in first }))
        return tables.filter(\.isErased).map { TablePlace(table: $0) } + [events]
    }
}

extension Redaction {
    /// Deeper JSON than this is never stored.
    static let mostLevels = 512
}

/// A number of rows in the order of their ids.
struct Window: Sendable {
    static let size = 2000
    static let all = Window(after: nil, end: nil)

    let after: UUID?
    /// Nil means to the end.
    let end: UUID?

    var condition: SQL {
        let lower: SQL = after.map { "t.id > \($0)" } ?? "TRUE"
        let upper: SQL = end.map { "t.id <= \($0)" } ?? "TRUE"
        return "\(lower) AND \(upper)"
    }

    static func next(in table: SQL, after: UUID?, _ tenancy: SQL, _ door: OperatorDoor) async throws(Failure) -> Window {
        let row = try await door.upkeep(
            """
            SELECT t.id
            FROM \(table) t
            WHERE \(tenancy) AND \(Window(after: after, end: nil).condition)
            ORDER BY t.id
            OFFSET \(size - 1)::int
            LIMIT 1
            """
        ).first
        return Window(after: after, end: try reading { try row?("id") })
    }
}
