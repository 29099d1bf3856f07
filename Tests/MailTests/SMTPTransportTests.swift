import Foundation
import Testing

@testable import Mail

struct SMTPTransportTests {
    private let sender: MailAddress

    init() throws {
        sender = try MailAddress("jobs@acme.example", name: "Acme")
    }

    private func message(to recipients: String..., id: String = "event-1", text: String = "Hi") throws -> MailMessage {
        MailMessage(id: id, to: try recipients.map { try MailAddress("\($0)@example.org") }, subject: "Hello", text: text)
    }

    private func failure(of transport: SMTPTransport, _ message: MailMessage) async -> MailError? {
        do {
            try await transport.send(message)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a message arrives byte for byte at everyone it is for`() async throws {
        let server = try await MailServer()
        let transport = try SMTPTransport(url: "smtp://127.0.0.1:\(server.port)", from: sender)
        let message = try message(to: "zoe", "bob", text: ".\r\n..\r\n.\r\nQUIT\r\n" + String(repeating: "a line of text\n", count: 20_000))
        try await transport.send(message)
        let accepted = try server.accepted
        #expect(accepted.map(\.sender) == ["jobs@acme.example"])
        #expect(accepted.map(\.recipients) == [["zoe@example.org", "bob@example.org"]])
        // The line end before the final dot is the protocol's, if the message had none of its own.
        let rendered = try message.rendered(from: sender)
        #expect(accepted.first?.data == rendered || accepted.first?.data == rendered + Data("\r\n".utf8))
    }

    @Test func `a message with a return path of its own bounces there`() async throws {
        let server = try await MailServer()
        let transport = try SMTPTransport(url: "smtp://127.0.0.1:\(server.port)", from: sender)
        var message = try message(to: "zoe")
        message.returnPath = try MailAddress("b-abc@reply.example.org")
        try await transport.send(message)
        try await transport.send(try self.message(to: "zoe"))
        #expect(try server.accepted.map(\.sender) == ["b-abc@reply.example.org", "jobs@acme.example"])
        #expect(try server.accepted.allSatisfy { !String(decoding: $0.data, as: UTF8.self).contains("b-abc") })
    }

    @Test func `messages share a connection, many at once too`() async throws {
        let server = try await MailServer()
        let transport = try SMTPTransport(url: "smtp://127.0.0.1:\(server.port)", from: sender)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                let message = try message(to: "zoe", id: "event-\(number)")
                group.addTask { try await transport.send(message) }
            }
            try await group.waitForAll()
        }
        let accepted = try server.accepted
        #expect(accepted.count == 20)
        #expect(Set(accepted.map(\.connection)) == [1])
    }

    @Test(arguments: [
        ("temporary", MailError.Kind.temporary, 451, "greylisted"),
        ("permanent", .permanent, 550, "nobody of that name"),
        ("spam", .permanent, 554, "looks like spam"),
    ])
    func `a refusal says whether to try again`(_ name: String, _ kind: MailError.Kind, _ reply: Int, _ words: String) async throws {
        let server = try await MailServer()
        let transport = try SMTPTransport(url: "smtp://127.0.0.1:\(server.port)", from: sender)
        let refusal = await failure(of: transport, try message(to: name))
        #expect(refusal?.kind == kind)
        #expect(refusal?.reply == reply)
        #expect(refusal?.text.contains(words) == true)
        try await transport.send(message(to: "zoe"))
        #expect(try server.accepted.count == 1)
    }

    @Test func `one refused recipient refuses the message for all`() async throws {
        let server = try await MailServer()
        let transport = try SMTPTransport(url: "smtp://127.0.0.1:\(server.port)", from: sender)
        #expect(await failure(of: transport, try message(to: "zoe", "permanent"))?.kind == .permanent)
        #expect(try server.accepted.isEmpty)
    }

    @Test func `a server that hangs is given up`() async throws {
        let server = try await MailServer()
        let transport = try SMTPTransport(url: "smtp://127.0.0.1:\(server.port)", from: sender, timeout: .milliseconds(500))
        let refusal = await failure(of: transport, try message(to: "slow"))
        #expect(refusal?.kind == .temporary)
        #expect(refusal?.reply == nil)
    }

    @Test func `a server that is away is tried again later, and found when it is back`() async throws {
        let first = try await MailServer()
        let transport = try SMTPTransport(url: "smtp://127.0.0.1:\(first.port)", from: sender)
        try await transport.send(message(to: "zoe"))
        first.stop()
        #expect(await failure(of: transport, try message(to: "zoe"))?.kind == .temporary)
        let second = try await MailServer(port: first.port)
        try await transport.send(message(to: "zoe"))
        #expect(try second.accepted.count == 1)
    }

    @Test func `it signs in`() async throws {
        let server = try await MailServer(password: "p@ss/w:rd")
        let url = "smtp://mailer%40acme:p%40ss%2Fw%3Ard@127.0.0.1:\(server.port)"
        try await SMTPTransport(url: url, from: sender).send(message(to: "zoe"))
        #expect(try server.accepted.map(\.user) == ["mailer@acme"])
    }

    @Test(arguments: ["mailer:wrong@", ""])
    func `a refused sign-in loses no message`(_ credentials: String) async throws {
        let server = try await MailServer(password: "secret")
        let transport = try SMTPTransport(url: "smtp://\(credentials)127.0.0.1:\(server.port)", from: sender)
        let refusal = await failure(of: transport, try message(to: "zoe"))
        #expect(refusal?.kind == .temporary)
        #expect(refusal?.reply == (credentials.isEmpty ? 530 : 535))
    }

    @Test(arguments: [MailServer.Security.startTLS, .implicitTLS])
    func `TLS is used with a certificate that is trusted, and only then`(_ security: MailServer.Security) async throws {
        let server = try await MailServer(security)
        let scheme = security == .implicitTLS ? "smtps" : "smtp"
        let url = "\(scheme)://127.0.0.1:\(server.port)?tls=required"
        try await SMTPTransport(url: url + "&ca=\(server.certificate)", from: sender).send(message(to: "zoe"))
        #expect(try server.accepted.map(\.encrypted) == [true])
        let stranger = try SMTPTransport(url: url, from: sender)
        #expect(await failure(of: stranger, try message(to: "zoe"))?.kind == .temporary)
        #expect(try server.accepted.count == 1)
    }

    @Test func `nothing is sent in the open where TLS is required`() async throws {
        let server = try await MailServer()
        let transport = try SMTPTransport(url: "smtp://127.0.0.1:\(server.port)?tls=required", from: sender)
        #expect(await failure(of: transport, try message(to: "zoe"))?.kind == .temporary)
        #expect(try server.accepted.isEmpty)
    }

    @Test(arguments: [
        ("smtp://mail.example.org", "smtp://mail.example.org:25", SMTPServer.Encryption.offered),
        ("smtp://u:p@mail.example.org", "smtp://mail.example.org:587", .required),
        ("smtp://u:p@localhost", "smtp://localhost:587", .offered),
        ("smtps://u:p@mail.example.org", "smtps://mail.example.org:465", .required),
        ("SMTP://mail.example.org:2525/client.example.org?tls=off", "smtp://mail.example.org:2525/client.example.org", .off),
    ])
    func `a URL contains all settings`(_ text: String, _ url: String, _ encryption: SMTPServer.Encryption) throws {
        let server = try SMTPServer(text)
        #expect(server.url == url)
        #expect(server.encryption == encryption)
    }

    @Test(arguments: ["", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://h?tls=maybe", "smtp://h?tsl=off"])
    func `a URL that can never work is refused at once`(_ text: String) {
        let error = #expect(throws: MailError.self) { try SMTPServer(text) }
        #expect(error?.kind == .misconfigured)
    }
}
