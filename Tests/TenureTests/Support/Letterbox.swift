import Foundation
import Identity
import Kernel
import Testing

/// The mails that the server has sent: its Maildir, each file read once.
actor Letterbox {
    struct Mail: Sendable {
        let recipients: String
        /// All of it, headers included, readable.
        let text: String
        /// Its iCalendar part with unfolded lines; empty if there is none.
        let calendar: String
    }

    private let folder: String
    private var mails: [(name: String, mail: Mail)] = []
    private var read: Set<String> = []

    init(folder: String) { self.folder = folder }

    /// Oldest first. Tenants of different tests have people with the same names: a mail's token tells whose it is.
    func mails(to address: String, of tenant: Identifier<Tenant>) throws -> [String] {
        try collect()
        let mark = "pr_" + Base64URL.encode(withUnsafeBytes(of: tenant.uuid.uuid) { Data($0) }).prefix(21)
        return mails.map(\.mail).filter { $0.recipients.contains(address) && $0.text.contains(mark) }.map(\.text)
    }

    /// Oldest first.
    func mails(mentioning address: String) throws -> [String] {
        try collect()
        return mails.map(\.mail).filter { $0.recipients.contains(address) || $0.text.contains(address) }.map(\.text)
    }

    /// Waits for a mail containing these words.
    func awaited(to address: String, containing words: String) async throws -> String {
        var found: String?
        try await eventually {
            try collect()
            found = mails.map(\.mail).last { $0.recipients.contains(address) && $0.text.contains(words) }?.text
            return found != nil
        }
        return try #require(found)
    }

    /// Everything sent to an address that only one test uses, oldest first.
    func all(to address: String) throws -> [Mail] {
        try collect()
        return mails.map(\.mail).filter { $0.recipients.contains(address) }
    }

    private func collect() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where read.insert(name).inserted {
            let raw = String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")), as: UTF8.self)
            let head = raw.firstRange(of: "\r\n\r\n").map { raw[..<$0.lowerBound] } ?? raw[...]
            let recipients = head.replacing("\r\n ", with: " ").split(whereSeparator: \.isNewline).first { $0.hasPrefix("To: ") } ?? ""
            mails.append((name, Mail(recipients: String(recipients), text: Self.decoded(raw), calendar: Self.calendar(raw))))
        }
    }

    private static func calendar(_ raw: String) -> String {
        let lines = raw.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        guard let head = lines.firstIndex(where: { $0.hasPrefix("Content-Type: text/calendar") }),
            let start = lines[head...].firstIndex(where: \.isEmpty)
        else { return "" }
        let body = lines[(start + 1)...].prefix { !$0.hasPrefix("--") }.joined()
        return String(decoding: Data(base64Encoded: body) ?? Data(), as: UTF8.self)
            .replacing("\r\n ", with: "").replacing("\r\n", with: "\n")
    }

    /// Quoted-printable (RFC 2045, 6.7).
    private static func decoded(_ raw: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(raw.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "="), rest.count >= 2 else {
                bytes.append(byte)
                continue
            }
            let pair = rest.prefix(2)
            rest = rest.dropFirst(2)
            if let code = UInt8(String(decoding: pair, as: UTF8.self), radix: 16) { bytes.append(code) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
