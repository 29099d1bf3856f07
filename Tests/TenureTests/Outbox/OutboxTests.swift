import Foundation
import Kernel
import Mail
import Outbox
import Postgres
import Testing

@testable import tenure

/// The tenant's mail as its administrators see it.
@Suite struct OutboxTests {
    @Test func `a sent mail is listed with its recipient and subject, but never its text`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        try await eventually { try await admin.get("/admin/mail?state=sent&search=INVITED@").expect(200).items.count == 1 }
        let mail = try #require(try await admin.get("/admin/mail?search=INVITED@").expect(200).items.first)
        #expect(mail["recipients"]?[0] == "invited@example.com")
        #expect(mail["subject"]?.string?.contains("invited") == true)
        #expect(mail["sentAt"]?.string != nil)
        #expect(!mail.text.contains("pr_") && !mail.text.contains("token"))
        let sent = try await admin.post("/admin/mail/\(mail["id"]?.string ?? "")/retry").expect(409)
        #expect(sent.code == "MAIL_NOT_STUCK")
        #expect(try await TestTenant().admin().get("/admin/mail?search=nobody").expect(200).items.isEmpty)
    }

    @Test func `a mail that failed says why, waits for its next turn, and is dead at last until somebody retries it`() async throws {
        let post = try await Post()
        await #expect(throws: MailError.self) { try await post.attempt() }
        let waiting = try #require(try await post.listed())
        #expect(waiting["state"] == "failing" && waiting["error"] == "The server is away.")
        #expect(waiting["nextAttemptAt"]?.string != nil)
        await #expect(throws: MailError.self) { try await post.attempt() }
        #expect(try await post.listed()?["attempts"]?.int == 2)

        try await post.tenant.execute("UPDATE work SET state = 'dead', attempts = 10 WHERE id = \(post.work)")
        let dead = try #require(try await post.listed())
        #expect(dead["state"] == "dead")
        try await TestTenant().admin().post("/admin/mail/\(dead["id"]?.string ?? "")/retry").expect(404)
        let retried = try await post.admin.post("/admin/mail/\(dead["id"]?.string ?? "")/retry").expect(200)
        #expect(retried.data["state"] == "failing")
        #expect(try await post.admin.get("/admin/audit?name=mail.retried").expect(200).items.count == 1)
    }

    @Test func `a mail that was sent is not sent twice`() async throws {
        let post = try await Post(error: nil)
        try await post.attempt()
        try await post.attempt()
        #expect(await post.transport.sent == 1)
        #expect(try await post.listed()?["attempts"]?.int == 1)
    }

    @Test func `a recipient whom the mail server doesn't know counts as a bounce, and is not tried again`() async throws {
        let post = try await Post(error: MailError(.permanent, "550 5.1.1 <ada@example.com>: nobody of that name here", reply: 550))
        try await post.attempt()
        try await post.attempt()
        let mail = try #require(try await post.listed())
        #expect(mail["state"] == "bounced" && mail["error"]?.string?.contains("nobody of that name") == true && mail["attempts"]?.int == 1)
        #expect(try await post.admin.get("/admin/audit?name=mail.bounced").expect(200).items.count == 1)
    }

    @Test(arguments: [
        MailError(.permanent, "554 5.7.1 looks like spam", reply: 554), MailError(.permanent, "550 5.7.1 not from you", reply: 550),
        MailError(.temporary, "451 4.7.1 come back later", reply: 451),
    ])
    func `a refusal for another reason is no bounce`(error: MailError) async throws {
        let post = try await Post(error: error)
        await #expect(throws: MailError.self) { try await post.attempt() }
        #expect(try await post.listed()?["state"] == "failing")
    }

    @Test func `a mail whose work is gone was dropped`() async throws {
        let post = try await Post()
        await #expect(throws: MailError.self) { try await post.attempt() }
        try await post.tenant.execute("DELETE FROM work WHERE id = \(post.work)")
        #expect(try await post.listed()?["state"] == "dropped")
    }
}

/// One mail in a tenant of its own, and a mail server that may be down.
private struct Post {
    actor Transport: MailTransport {
        let error: MailError?
        private(set) var sent = 0

        init(_ error: MailError?) { self.error = error }

        func send(_ message: MailMessage) async throws(MailError) {
            if let error { throw error }
            sent += 1
        }
    }

    let tenant: TestTenant
    let admin: Person
    let work = Identifier<WorkRecord>()
    let transport: Transport
    private let outbox: Outbox
    private let message: MailMessage

    init(error: MailError? = MailError(.temporary, "The server is away.")) async throws {
        tenant = try await TestTenant()
        admin = try await tenant.admin()
        transport = Transport(error)
        let sender = try MailAddress("jobs@example.com")
        outbox = Outbox(store: tenant.server.composition.store, transport: transport, sender: sender)
        message = MailMessage(id: "test-\(work)", to: [try MailAddress("ada@example.com")], subject: "Good news", text: "A secret.")
        // No worker knows work of this name.
        try await tenant.execute(
            """
            INSERT INTO work (tenant_id, id, name, payload, run_at, created_at) VALUES (\(tenant.id), \(work), 'test.mail', '{}', now(), now())
            """
        )
    }

    func attempt() async throws { try await outbox.send(message, as: SystemActor(tenant: tenant.id, work: work)) }

    func listed() async throws -> JSON? { try await admin.get("/admin/mail?search=good%20news").expect(200).items.first }
}
