import Foundation
import Testing

@testable import Postgres

struct SQLTests {
    private static let title = "x'; DROP TABLE jobs; --"
    private static let city: String? = nil
    private static let tail: SQL = "AND city = \(city) LIMIT \(20)"

    static let cases: [(SQL, String, [SQLValue])] = [
        ("SELECT 1", "SELECT 1", []),
        ("SELECT \(title)", "SELECT $1", [.text(title)]),
        ("a = \(1) AND b = \(true) AND c = \(2.5)", "a = $1 AND b = $2 AND c = $3", [.text("1"), .text("t"), .text("2.5")]),
        ("city = \(city)", "city = $1", [.null]),
        ("id = ANY(\([1, 2]))", "id = ANY($1)", [.text("{\"1\",\"2\"}")]),
        ("blob = \([0, 255] as [UInt8])", "blob = $1", [.bytes([0, 255])]),
        ("title = \(title) \(tail)", "title = $1 AND city = $2 LIMIT $3", [.text(title), .null, .text("20")]),
        ("\(tail) OR \(tail)", "AND city = $1 LIMIT $2 OR AND city = $3 LIMIT $4", [.null, .text("20"), .null, .text("20")]),
        ("ORDER BY id \(fragment: city == nil ? "DESC" : "ASC")", "ORDER BY id DESC", []),
        ("ORDER BY \(raw: "created_at")", "ORDER BY created_at", []),
        ("SELECT 1 AS \(identifier: "a\"b; --")", "SELECT 1 AS \"a\"\"b; --\"", []),
        ("costs '$1' \(1)", "costs '$1' $1", [.text("1")]),
    ]

    @Test(arguments: cases)
    func `interpolated values become binds and fragments keep theirs`(_ sql: SQL, _ text: String, _ binds: [SQLValue]) {
        #expect(sql.text == text)
        #expect(sql.binds == binds)
    }

    @Test func `a fragment's dollar sign in a string literal is left alone`() {
        let fragment: SQL = "price = '$1' AND id = \(7)"
        let sql: SQL = "a = \(1) AND \(fragment)"
        #expect(sql.text == "a = $1 AND price = '$1' AND id = $2")
        #expect(sql.binds == [.text("1"), .text("7")])
    }

    @Test func `more than nine binds are renumbered in a splice`() {
        let list = (1...12).map { "\($0)" as SQL }.joined(separator: ", ")
        let sql: SQL = "\(0) IN (\(list))"
        #expect(sql.text == "$1 IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
        #expect(sql.binds.count == 13)
    }

    @Test func `a splice after text that is not ASCII lands where it belongs`() {
        let fragment: SQL = "ü = \(1) – \(2)"
        let sql = ("é \(0) " as SQL) + fragment
        #expect(sql.text == "é $1 ü = $2 – $3")
    }
}
