import CLibPQ
import Glibc

/// The rows one statement returned, left as libpq received them: a value is read only when a column is asked for.
package struct Rows: Sendable, RandomAccessCollection {
    let result: QueryResult
    let columns: Columns

    package var startIndex: Int { 0 }
    package var endIndex: Int { result.rowCount }

    package subscript(position: Int) -> Row {
        precondition(position >= 0 && position < result.rowCount, "no row \(position) of \(result.rowCount)")
        return Row(result: result, columns: columns, position: Int32(position))
    }

    /// How many rows an INSERT, UPDATE, DELETE, MERGE or SELECT touched.
    package var affectedRows: Int { result.affectedRows }
}

/// Owns a `PGresult`.
///
/// Safe to share: "PGresult objects are normally read-only after creation, and so can be passed around freely between threads"
/// (libpq, Behavior in Threaded Programs), and nothing here calls one of the functions that modify one.
final class QueryResult: @unchecked Sendable {
    let handle: OpaquePointer
    let rowCount: Int

    init(owning handle: OpaquePointer) {
        self.handle = handle
        rowCount = Int(PQntuples(handle))
    }

    deinit {
        PQclear(handle)
    }

    var affectedRows: Int {
        Int(String(cString: PQcmdTuples(handle))) ?? 0
    }

    /// Nil for NULL. The bytes live as long as this object.
    func value(row: Int32, column: Int32) -> UnsafeBufferPointer<UInt8>? {
        if PQgetisnull(handle, row, column) == 1 { return nil }
        let start = UnsafeRawPointer(PQgetvalue(handle, row, column)).map { $0.assumingMemoryBound(to: UInt8.self) }
        return UnsafeBufferPointer(start: start, count: Int(PQgetlength(handle, row, column)))
    }
}

/// The column names of a statement, kept with it so that each result need not index them again.
final class Columns: Sendable {
    private let names: [String]
    private let positions: [String: Int32]

    init(of result: OpaquePointer) {
        names = (0..<PQnfields(result)).map { String(cString: PQfname(result, $0)) }
        positions = Dictionary(zip(names, 0...)) { first, _ in first }
    }

    var count: Int { names.count }

    func position(of name: String) -> Int32? {
        positions[name]
    }

    func name(at position: Int32) -> String {
        names[Int(position)]
    }

    func match(_ result: OpaquePointer) -> Bool {
        guard PQnfields(result) == names.count else { return false }
        return names.indices.allSatisfy { index in
            names[index].withCString { strcmp($0, PQfname(result, Int32(index))) == 0 }
        }
    }
}
