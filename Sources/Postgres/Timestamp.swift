import FoundationEssentials
import Wire

/// The text form of `timestamptz` and `date` (ISO style), in microseconds as PostgreSQL keeps them.
enum Timestamp {
    private static let microsecondsPerDay: Int64 = 86_400_000_000
    /// From 1970-01-01 to Foundation's reference date, 2001-01-01.
    private static let referenceMicroseconds: Int64 = 978_307_200_000_000
    /// PostgreSQL's `timestamptz` ends in the year 294276; this is short of it.
    private static let longest: Double = 8_000_000_000_000

    static func text(of date: Date) -> String {
        let seconds = date.timeIntervalSinceReferenceDate
        // Also false for NaN.
        guard seconds > -longest else { return "-infinity" }
        guard seconds < longest else { return "infinity" }
        let microseconds = Int64((seconds * 1_000_000).rounded()) + referenceMicroseconds
        let days = microseconds.flooredDivision(by: microsecondsPerDay)
        let time = microseconds - days * microsecondsPerDay
        let day = CivilDay(daysSince1970: Int(days))
        // There is no year 0 in PostgreSQL: 1 BC comes before 1 AD.
        let year = day.year > 0 ? day.year : 1 - day.year
        let clock = time / 1_000_000
        var text = padded(year, 4) + "-" + padded(day.month, 2) + "-" + padded(day.day, 2)
        text += " " + padded(Int(clock / 3600), 2) + ":" + padded(Int(clock / 60 % 60), 2) + ":" + padded(Int(clock % 60), 2)
        text += "." + padded(Int(time % 1_000_000), 6) + "+00"
        return day.year > 0 ? text : text + " BC"
    }

    static func date(from text: UnsafeBufferPointer<UInt8>) -> Date? {
        var scanner = Scanner(text: text)
        guard let year = scanner.number(), scanner.skip("-"), let month = scanner.number(), scanner.skip("-"), let day = scanner.number(),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        var microseconds: Int64 = 0
        if scanner.skip(" ") || scanner.skip("T") {
            guard let time = scanner.timeOfDay() else { return nil }
            microseconds = time
        }
        let isBC = scanner.skip(" ") && scanner.skip("B") && scanner.skip("C")
        guard scanner.isAtEnd else { return nil }
        let days = CivilDay(year: isBC ? 1 - year : year, month: month, day: day).daysSince1970
        let sum = Int64(days) * microsecondsPerDay + microseconds - referenceMicroseconds
        return Date(timeIntervalSinceReferenceDate: Double(sum) / 1_000_000)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return digits.utf8.count >= width ? digits : String(repeating: "0", count: width - digits.utf8.count) + digits
    }
}

private struct Scanner {
    let text: UnsafeBufferPointer<UInt8>
    var position = 0

    init(text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    var isAtEnd: Bool { position == text.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func number() -> Int? {
        let start = position
        var value = 0
        while position < text.count, position - start < 9, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[position]) {
            value = value * 10 + Int(text[position] - UInt8(ascii: "0"))
            position += 1
        }
        return position > start ? value : nil
    }

    /// `12:34:56.789+05:30` as microseconds since the midnight of UTC.
    mutating func timeOfDay() -> Int64? {
        guard let seconds = clock() else { return nil }
        var microseconds: Int64 = 0
        if skip(".") {
            let start = position
            guard let fraction = number(), position - start <= 6 else { return nil }
            microseconds = Int64(fraction)
            for _ in (position - start)..<6 { microseconds *= 10 }
        }
        var offset = 0
        if skip("+") {
            guard let ahead = clock() else { return nil }
            offset = ahead
        } else if skip("-") {
            guard let behind = clock() else { return nil }
            offset = -behind
        }
        return Int64(seconds - offset) * 1_000_000 + microseconds
    }

    /// Hours, and minutes and seconds where they are written, as seconds.
    private mutating func clock() -> Int? {
        guard let hours = number() else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] where skip(":") {
            guard let part = number() else { return nil }
            seconds += part * unit
        }
        return seconds
    }
}

extension Int64 {
    fileprivate func flooredDivision(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
