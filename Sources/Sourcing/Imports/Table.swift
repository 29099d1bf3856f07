import Foundation
import Kernel

/// A table of separated values, as spreadsheets and other systems write them: RFC 4180 with commas, semicolons or tabs, in UTF-8, UTF-16 or
/// Windows' code page.
struct Table {
    struct Line {
        /// As an editor numbers it; a line with line breaks in quotes has that of its first.
        let number: Int
        let cells: [String]
    }

    static let mostLines = 10_000
    static let mostColumns = 100

    let heading: [String]
    let lines: [Line]

    init(_ data: Data) throws(Failure) {
        let text = try Self.text(data)
        var scanner = Scanner(Array(text.utf8))
        try self.init(try scanner.lines())
    }

    private init(_ found: [Line]) throws(Failure) {
        guard let first = found.first else { throw .validation("file", "Is empty.") }
        guard first.cells.count <= Self.mostColumns else { throw .validation("file", "Must have at most \(Self.mostColumns) columns.") }
        guard found.count > 1 else { throw .validation("file", "Has a heading, and no lines below it.") }
        heading = first.cells
        lines = Array(found.dropFirst())
    }

    private static func text(_ data: Data) throws(Failure) -> String {
        let start = Array(data.prefix(4))
        let encoding: String.Encoding? =
            if start.starts(with: [0xFF, 0xFE]) {
                .utf16LittleEndian
            } else if start.starts(with: [0xFE, 0xFF]) {
                .utf16BigEndian
            } else if start.count == 4, start[1] == 0, start[3] == 0 {
                .utf16LittleEndian
            } else if start.count == 4, start[0] == 0, start[2] == 0 {
                .utf16BigEndian
            } else { nil }
        let found =
            if let encoding { String(data: data, encoding: encoding) } else {
                // What isn't UTF-8 comes from a spreadsheet on Windows.
                String(data: data, encoding: .utf8) ?? String(data: data, encoding: .windowsCP1252)
            }
        guard let found, !found.unicodeScalars.contains("\0") else {
            throw .validation("file", "Must be a table of comma-separated values in UTF-8 or UTF-16.")
        }
        return found.hasPrefix("\u{FEFF}") ? String(found.unicodeScalars.dropFirst()) : found
    }
}

/// Works on bytes: to Swift a carriage return and a line feed are one character.
private struct Scanner {
    private let bytes: [UInt8]
    private var place = 0
    private var number = 1
    private var separator = UInt8(ascii: ",")

    private static let quote = UInt8(ascii: "\"")
    private static let feed = UInt8(ascii: "\n")
    private static let carriage = UInt8(ascii: "\r")

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func lines() throws(Failure) -> [Table.Line] {
        findSeparator()
        var lines: [Table.Line] = []
        while place < bytes.count {
            let start = number
            let cells = try line()
            guard cells.contains(where: { !$0.isEmpty }) else { continue }
            lines.append(Table.Line(number: start, cells: cells))
            guard lines.count <= Table.mostLines + 1 else {
                throw .validation("file", "Must have at most \(Table.mostLines) lines. Import it in parts.")
            }
        }
        return lines
    }

    /// What is most frequent in the heading, outside quotes; Excel also writes it down: `sep=;`.
    private mutating func findSeparator() {
        if bytes.count > 4, String(decoding: bytes[0..<4], as: UTF8.self).lowercased() == "sep=" {
            separator = bytes[4]
            place = 5
            _ = endLine()
            return
        }
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in bytes {
            if byte == Self.quote { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == Self.feed || byte == Self.carriage { break }
            if ",;\t".utf8.contains(byte) { counts[byte, default: 0] += 1 }
        }
        separator = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? separator
    }

    private mutating func line() throws(Failure) -> [String] {
        var cells: [String] = []
        while true {
            cells.append(try cell())
            guard place < bytes.count else { return cells }
            if bytes[place] == separator { place += 1 } else if endLine() { return cells }
        }
    }

    private mutating func cell() throws(Failure) -> String {
        var start = place
        while start < bytes.count, bytes[start] == UInt8(ascii: " ") { start += 1 }
        if start < bytes.count, bytes[start] == Self.quote {
            place = start + 1
            return Self.trimmed(try quoted())
        }
        start = place
        while place < bytes.count, bytes[place] != separator, bytes[place] != Self.feed, bytes[place] != Self.carriage { place += 1 }
        return Self.trimmed(Array(bytes[start..<place]))
    }

    /// Up to the closing quote; two of them stand for one. What follows before the separator belongs to the cell.
    private mutating func quoted() throws(Failure) -> [UInt8] {
        let opened = number
        var content: [UInt8] = []
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == Self.quote {
                if place < bytes.count, bytes[place] == Self.quote {
                    content.append(byte)
                    place += 1
                    continue
                }
                while place < bytes.count, bytes[place] != separator, bytes[place] != Self.feed, bytes[place] != Self.carriage {
                    content.append(bytes[place])
                    place += 1
                }
                return content
            }
            if byte == Self.feed || byte == Self.carriage && !(place < bytes.count && bytes[place] == Self.feed) { number += 1 }
            content.append(byte)
        }
        throw .validation("file", "Line \(opened): a quotation mark is never closed.")
    }

    private mutating func endLine() -> Bool {
        guard place < bytes.count, bytes[place] == Self.feed || bytes[place] == Self.carriage else { return place >= bytes.count }
        if bytes[place] == Self.carriage, place + 1 < bytes.count, bytes[place + 1] == Self.feed { place += 1 }
        place += 1
        number += 1
        return true
    }

    private static func trimmed(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
