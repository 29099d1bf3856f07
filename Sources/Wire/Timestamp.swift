package import Foundation

/// RFC 3339 times, read and written by hand: a date formatter costs more than the rest of an answer, and rejects offsets that the RFC
/// allows.
package enum Timestamp {
    /// In UTC with milliseconds.
    package static func text(_ date: Date) -> String {
        var bytes: [UInt8] = []
        append(date, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    package static func append(_ date: Date, to bytes: inout [UInt8]) {
        // Rounded to microseconds first: 0.283 as a Double lies just below.
        let (milliseconds, _) = floorDivide(Int((date.timeIntervalSince1970 * 1_000_000).rounded()), by: 1000)
        let (days, time) = floorDivide(milliseconds, by: 86_400_000)
        let civil = CivilDay(daysSince1970: days)
        write(civil.year, 4, "-", &bytes)
        write(civil.month, 2, "-", &bytes)
        write(civil.day, 2, "T", &bytes)
        write(time / 3_600_000, 2, ":", &bytes)
        write(time / 60_000 % 60, 2, ":", &bytes)
        write(time / 1000 % 60, 2, ".", &bytes)
        write(time % 1000, 3, "Z", &bytes)
    }

    /// `2026-01-31`, in UTC.
    package static func day(_ date: Date) -> String { String(text(date).prefix(10)) }

    package static func date(_ text: String) -> Date? {
        var reader = Reader(bytes: Array(text.utf8))
        guard let year = reader.number(4), year > 0, reader.skip("-"), let month = reader.number(2), (1...12).contains(month),
            reader.skip("-"), let day = reader.number(2), day >= 1, day <= length(of: month, year), reader.skip("Tt "),
            let hour = reader.number(2), hour < 24, reader.skip(":"), let minute = reader.number(2), minute < 60, reader.skip(":"),
            let second = reader.number(2), second <= 60, let fraction = reader.fraction(), let offset = reader.offset(), reader.isAtEnd
        else { return nil }
        let seconds = CivilDay(year: year, month: month, day: day).daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offset
        guard writable.contains(seconds) else { return nil }
        return Date(timeIntervalSince1970: Double(seconds) + fraction)
    }

    /// The years 1 to 9999 in UTC, which an offset can leave, as can a fraction that rounds the last second up to the year 10000.
    private static let writable: Range<Int> = {
        let (first, afterLast) = (CivilDay(year: 1, month: 1, day: 1), CivilDay(year: 10_000, month: 1, day: 1))
        return first.daysSince1970 * 86_400..<afterLast.daysSince1970 * 86_400 - 1
    }()

    private static func length(of month: Int, _ year: Int) -> Int {
        let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    private static func floorDivide(_ number: Int, by divisor: Int) -> (quotient: Int, remainder: Int) {
        let remainder = (number % divisor + divisor) % divisor
        return ((number - remainder) / divisor, remainder)
    }

    private static func write(_ number: Int, _ count: Int, _ separator: Unicode.Scalar, _ bytes: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<count { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
        bytes.append(UInt8(ascii: separator))
    }

    private struct Reader {
        let bytes: [UInt8]
        private var position = 0

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        var isAtEnd: Bool { position == bytes.count }

        private var digit: Int? {
            guard position < bytes.count, bytes[position] >= UInt8(ascii: "0"), bytes[position] <= UInt8(ascii: "9") else { return nil }
            return Int(bytes[position] - UInt8(ascii: "0"))
        }

        mutating func number(_ count: Int) -> Int? {
            var number = 0
            for _ in 0..<count {
                guard let digit else { return nil }
                number = number * 10 + digit
                position += 1
            }
            return number
        }

        mutating func skip(_ choices: String) -> Bool {
            guard position < bytes.count, choices.utf8.contains(bytes[position]) else { return false }
            position += 1
            return true
        }

        mutating func fraction() -> Double? {
            guard skip(".") else { return 0 }
            guard digit != nil else { return nil }
            var fraction = 0.0
            var unit = 0.1
            while let digit {
                fraction += Double(digit) * unit
                unit /= 10
                position += 1
            }
            return fraction
        }

        /// In seconds.
        mutating func offset() -> Int? {
            if skip("Zz") { return 0 }
            let isWest = position < bytes.count && bytes[position] == UInt8(ascii: "-")
            guard skip("+-"), let hours = number(2), hours < 24, skip(":"), let minutes = number(2), minutes < 60 else { return nil }
            return (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
        }
    }
}
