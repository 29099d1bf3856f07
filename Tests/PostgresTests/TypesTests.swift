import Foundation
import Testing

@testable import Postgres

private enum Stage: String, SQLCodable, SQLArrayElement {
    case applied
    case hired
}

struct TypesTests {
    private func roundTrip<Value: SQLCodable & Equatable>(_ value: Value, as type: SQL, on pool: ConnectionPool) async throws {
        let rows = try await pool.query("SELECT \(value)::\(type) AS value")
        let back: Value = try rows[0]("value")
        #expect(back == value)
    }

    @Test func `every type comes back as it went`() async throws {
        try await TestDatabase.withPool { pool in
            for text in ["", "plain", "'quoted' \"double\" \\ back", "Ünïcödé 漢字 👩‍👩‍👧", "line\nline\ttab", "{a,b}", "NULL"] {
                try await roundTrip(text, as: "text", on: pool)
            }
            for number in [0, 1, -1, .max, .min] { try await roundTrip(number, as: "bigint", on: pool) }
            for number in [Int16.min, .max] { try await roundTrip(number, as: "smallint", on: pool) }
            for number in [Int32.min, .max] { try await roundTrip(number, as: "integer", on: pool) }
            for number in [0, 0.1, -1e300, .leastNonzeroMagnitude, .infinity] {
                try await roundTrip(number, as: "double precision", on: pool)
            }
            for flag in [true, false] { try await roundTrip(flag, as: "boolean", on: pool) }
            try await roundTrip(UUID(), as: "uuid", on: pool)
            for bytes in [[], [0], [UInt8](0...255)] as [[UInt8]] {
                try await roundTrip(bytes, as: "bytea", on: pool)
                try await roundTrip(Data(bytes), as: "bytea", on: pool)
            }
            try await roundTrip(Stage.hired, as: "text", on: pool)
        }
    }

    @Test func `arrays come back as they went`() async throws {
        try await TestDatabase.withPool { pool in
            for texts in [[], ["a"], ["", "a,b", "{x}", "\"q\"", "back\\slash", "NULL", " ", "ü"]] as [[String]] {
                try await roundTrip(texts, as: "text[]", on: pool)
            }
            try await roundTrip([1, -2, 3], as: "bigint[]", on: pool)
            try await roundTrip([UUID(), UUID()], as: "uuid[]", on: pool)
            try await roundTrip([true, false], as: "boolean[]", on: pool)
            try await roundTrip([Stage.applied, .hired], as: "text[]", on: pool)
            try await roundTrip([Date(timeIntervalSince1970: 0.5)], as: "timestamptz[]", on: pool)
        }
    }

    @Test func `times keep their microseconds and agree with PostgreSQL`() async throws {
        try await TestDatabase.withPool { pool in
            var seconds = [0, 951_782_400, 951_868_799.999999, -1, -2_208_988_800, 4_102_444_800, 1_709_164_800.000001, 253_402_300_800]
            seconds += (0..<200).map { _ in (Double.random(in: -4_000_000_000...4_000_000_000) * 1_000_000).rounded() / 1_000_000 }
            for second in seconds {
                let date = Date(timeIntervalSince1970: second)
                let rows = try await pool.query(
                    "SELECT \(date)::timestamptz AS value, extract(epoch FROM \(date)::timestamptz)::double precision AS epoch"
                )
                let back: Date = try rows[0]("value")
                let epoch: Double = try rows[0]("epoch")
                #expect(abs(back.timeIntervalSince(date)) < 0.000_002)
                #expect(abs(epoch - second) < 0.000_02)
            }
        }
    }

    @Test(arguments: [
        ("2024-02-29 12:34:56+00", 1_709_210_096.0), ("2024-02-29 12:34:56.5+05:30", 1_709_190_296.5), ("2024-02-29", 1_709_164_800),
        ("1969-12-31 23:59:59.25-01", 3599.25),
    ])
    func `a time is read with its offset`(_ text: String, _ epoch: Double) throws {
        let date = try #require(Array(text.utf8).withUnsafeBufferPointer(Date.decode))
        #expect(date.timeIntervalSince1970 == epoch)
    }

    @Test(arguments: ["", "now", "2024-13-01", "2024-02-29 12:34:56+", "2024-02-29x", "infinity"])
    func `an invalid time is refused`(_ text: String) {
        #expect(Array(text.utf8).withUnsafeBufferPointer(Date.decode) == nil)
    }

    @Test func `NULL is nil where an optional is asked for and an error elsewhere`() async throws {
        try await TestDatabase.withPool { pool in
            let row = try await pool.query("SELECT NULL::text AS city, 'Jobs' AS title")[0]
            let city: String? = try row("city")
            #expect(city == nil)
            let title: String? = try row("title")
            #expect(title == "Jobs")
            #expect(try row.raw("city") == nil)
            #expect(try row.raw("title") == Array("Jobs".utf8))
            let error = try await failure { try row("city") as String }
            #expect(error.message == "column \"city\": wanted String, found NULL")
        }
    }

    @Test func `a decode failure names column, wanted and found type`() async throws {
        try await TestDatabase.withPool { pool in
            let row = try await pool.query("SELECT 'abc'::text AS title, 99999999999::bigint AS big")[0]
            let error = try await failure { try row("title") as Int }
            #expect(error.kind == .decode)
            #expect(error.column == "title")
            #expect(error.message == "column \"title\": wanted Int, found text")
            let tooBig = try await failure { try row("big") as Int32? }
            #expect(
                tooBig.message == "column \"big\": wanted Optional<Int32>, found bigint"
                    || tooBig.message == "column \"big\": wanted Int32, found bigint"
            )
            let missing = try await failure { try row("salary") as Int }
            #expect(missing.message == "the result has no column \"salary\"")
        }
    }
}
