import Foundation
import Testing

@testable import Mail

struct RenderingTests {
    private let sender: MailAddress
    private let zoe: MailAddress

    init() throws {
        sender = try MailAddress("jobs@acme.example", name: "Acme, Inc. \"Hiring\"")
        zoe = try MailAddress("zoe@example.org", name: "Zoë Šťastná-Müller 王小明")
    }

    private func message(subject: String = "Hello", text: String = "Hi", html: String? = nil) -> MailMessage {
        MailMessage(id: "event-1", to: [zoe], subject: subject, text: text, html: html, date: Date(timeIntervalSince1970: 1_767_323_045))
    }

    private func parsed(_ message: MailMessage) async throws -> ParsedMail {
        try await ParsedMail(message.rendered(from: sender))
    }

    @Test func `names and subjects in any script survive`() async throws {
        let subject = "Einladung: Gespräch am 3. März 👩🏽‍💻 — 面接のご案内 " + String(repeating: "ünïcödé ", count: 30) + "end"
        let mail = try await parsed(message(subject: subject))
        #expect(mail.defects == [])
        #expect(mail.headers["subject"] == [subject])
        #expect(mail.from == [.init(name: "Acme, Inc. \"Hiring\"", address: "jobs@acme.example")])
        #expect(mail.to == [.init(name: "Zoë Šťastná-Müller 王小明", address: "zoe@example.org")])
        #expect(mail.headers["date"] == ["Fri, 02 Jan 2026 03:04:05 +0000"])
        #expect(mail.longestLine <= 78)
    }

    @Test(arguments: [
        "Plain", "", "two  spaces", String(repeating: "word ", count: 60) + "end", String(repeating: "x", count: 300),
        "=?UTF-8?Q?not_encoded?=", "a: b; c <d>",
    ])
    func `an ASCII subject survives`(_ subject: String) async throws {
        let mail = try await parsed(message(subject: subject))
        #expect(mail.defects == [])
        #expect(mail.headers["subject"] == [singleLine(subject)])
        #expect(mail.longestLine <= 78)
    }

    @Test func `no header can be injected`() async throws {
        let attack = "Hi\r\nBcc: eve@example.net\r\n\r\n<script>\u{0}\u{7F}\u{85}\u{2028}Bcc: eve@example.net"
        var mail = message(subject: attack)
        mail.id = attack
        mail.to = [try MailAddress("zoe@example.org", name: attack)]
        mail.replyTo = try MailAddress("zoe@example.org", name: attack)
        mail.attachments = [try MailAttachment(name: attack, type: "text/plain", data: Data("x".utf8))]
        let read = try await parsed(mail)
        #expect(read.headers["bcc"] == nil)
        #expect(
            read.headers.keys.sorted() == [
                "auto-submitted", "content-type", "date", "from", "message-id", "mime-version", "reply-to", "subject", "to",
            ]
        )
        #expect(read.to.map(\.address) == ["zoe@example.org"])
        #expect(read.parts.count == 2)
    }

    @Test(arguments: [
        "zoe", "@example.org", "zoe@", "a b@example.org", "zoe@example.org\r\nRCPT TO:<eve@example.net>", "<zoe@example.org>",
        "zoe@exa_mple.org",
        "zoe@-a.org", "zoë@example.org", "zoe@example..org", "a@b>c.org", String(repeating: "a", count: 65) + "@example.org", "",
    ])
    func `an invalid mailbox is refused`(_ text: String) {
        #expect(throws: MailError.self) { try MailAddress(text) }
    }

    @Test(
        arguments: [
            ("a@b.org", nil), ("Tenure <a@b.org>", "Tenure"), ("\"Tenure, Inc.\" <a@b.org>", "Tenure, Inc."), ("  <a@b.org>", nil),
        ] as [(String, String?)]
    )
    func `a sender is read from settings`(_ text: String, _ name: String?) throws {
        #expect(try MailAddress(parsing: text) == MailAddress("a@b.org", name: name))
    }

    @Test func `a body survives whatever is in it`() async throws {
        let lines = [
            ".", "..leading dots", "From the start", "trailing space ", "trailing tab\t", "=3D is not an equals sign", "",
            String(repeating: "long ", count: 400), String(repeating: "ö", count: 500), "emoji 👩🏽‍💻", "--=_alternative", "end",
        ]
        let mail = try await parsed(message(text: lines.joined(separator: "\r\n"), html: "<p>" + lines.joined(separator: "\n") + "</p>"))
        #expect(mail.defects == [])
        #expect(mail.shape == ["multipart/alternative", "text/plain", "text/html"])
        // The line end before a boundary belongs to the boundary, so what is between is exact.
        #expect(mail.part("text/plain")?.bytes == Data(lines.joined(separator: "\r\n").utf8))
        #expect(mail.part("text/html")?.bytes == Data(("<p>" + lines.joined(separator: "\r\n") + "</p>").utf8))
        #expect(mail.longestLine <= 78)
    }

    @Test func `attachments keep their names and bytes`() async throws {
        let bytes = Data((0...255).map { UInt8($0) } + (0...255).map { UInt8($0) })
        var mail = message(html: "<b>Hi</b>")
        mail.attachments = [
            try MailAttachment(name: "offer.pdf", type: "application/pdf", data: bytes),
            try MailAttachment(name: "../../Lebenslauf \"Zoë\".pdf", type: "application/pdf", data: Data()),
        ]
        let read = try await parsed(mail)
        #expect(read.defects == [])
        #expect(
            read.shape == [
                "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf", "application/pdf",
            ]
        )
        #expect(read.parts.suffix(2).map(\.name) == ["offer.pdf", "Lebenslauf \"Zoë\".pdf"])
        #expect(read.parts.suffix(2).map(\.bytes) == [bytes, Data()])
        #expect(throws: MailError.self) { try MailAttachment(name: "x", type: "text/plain\r\nBcc: eve@example.net", data: Data()) }
    }

    @Test func `the same id gives the same Message-ID, another id another`() throws {
        let ids = ["event-1", "event-2", "event=1", "event=3D1", "a b", "a=20b", "käse", "a@b", "a.b"]
        let messageIDs = ids.map { id in MailMessage(id: id, to: [], subject: "", text: "").messageID(from: sender) }
        #expect(Set(messageIDs).count == ids.count)
        #expect(messageIDs[0] == "<event-1@acme.example>")
        #expect(messageIDs[7] == "<a=40b@acme.example>")
        #expect(try message().rendered(from: sender) == message().rendered(from: sender))
    }

    @Test func `a message without recipient or id is refused`() {
        #expect(throws: MailError.self) { try MailMessage(id: "1", to: [], subject: "", text: "").rendered(from: sender) }
        #expect(throws: MailError.self) { try MailMessage(id: "", to: [zoe], subject: "", text: "").rendered(from: sender) }
    }

    @Test func `a message can wait as JSON and is checked when it is read`() throws {
        let json = try JSONEncoder().encode(message())
        #expect(try JSONDecoder().decode(MailMessage.self, from: json) == message())
        let forged = String(decoding: json, as: UTF8.self).replacing("zoe@example.org", with: "zoe@example.org>")
        #expect(throws: MailError.self) { try JSONDecoder().decode(MailMessage.self, from: Data(forged.utf8)) }
    }
}
