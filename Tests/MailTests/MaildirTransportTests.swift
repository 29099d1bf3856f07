import Foundation
import Testing
import Variables

@testable import Mail

struct MaildirTransportTests {
    private func message(_ id: String) throws -> MailMessage {
        MailMessage(id: id, to: [try MailAddress("zoe@example.org")], subject: "Hello", text: "Hi")
    }

    @Test func `messages land complete in new, each under a name of its own`() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "maildir-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        let transport = try MailSettings(SettingsReader(["MAIL_FROM": "Acme <jobs@acme.example>"])).transport(directory: directory.path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                let message = try message("event-\(number)")
                group.addTask { try await transport.send(message) }
            }
            try await group.waitForAll()
        }
        let new = directory.appending(path: "new")
        let names = try FileManager.default.contentsOfDirectory(atPath: new.path)
        #expect(names.count == 50)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.appending(path: "tmp").path).isEmpty)
        let first = try await ParsedMail(Data(contentsOf: new.appending(path: names[0])))
        #expect(first.from == [.init(name: "Acme", address: "jobs@acme.example")])
        #expect(first.parts.map(\.text) == ["Hi"])
    }

    @Test func `a missing directory fails the message temporarily, not permanently`() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "maildir-\(UUID().uuidString)")
        let transport = try MaildirTransport(directory: directory.path, from: MailAddress("jobs@acme.example"))
        try FileManager.default.removeItem(at: directory)
        let message = try message("1")
        let error = await #expect(throws: MailError.self) { try await transport.send(message) }
        #expect(error?.isTemporary == true)
    }

    @Test func `settings that cannot work are refused`() {
        for (settings, directory) in [
            ([:], "/proc/nowhere"), (["MAIL_FROM": "nobody"], "/tmp"), (["SMTP_URL": "http://h"], "/tmp"),
        ] as [([String: String], String)] {
            let error = #expect(throws: MailError.self) {
                _ = try MailSettings(SettingsReader(settings)).transport(directory: directory)
            }
            #expect(error?.kind == .misconfigured)
        }
    }
}
