import ChildProcesses
import Foundation
import Identity
import Kernel
import Mail
import Postgres
import Testing

@testable import tenure

/// The command that a mail server pipes mail into.
@Suite struct ReceiveMailTests {
    private func run(_ mail: String, to address: String, of scene: InterviewScene, database: String? = nil) async throws -> Int32? {
        let folder = FileManager.default.temporaryDirectory.appending(path: "receive-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "mail").path
        try Data(mail.utf8).write(to: URL(fileURLWithPath: file))
        let settings = scene.tenant.server.settings
        let environment = [
            "DATABASE_URL": database ?? settings.databaseURL, "OPERATOR_DATABASE_URL": settings.operatorDatabaseURL,
            "MAIL_INBOUND_DOMAIN": settings.mail.inboundDomain ?? "", "TENURE_SECRET": settings.identity.secret,
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "",
        ]
        let command = "exec \(ChildProcess.tenure) receive-mail --sender '' '\(address)' < \(file)"
        let process = try ChildProcess(["bash", "-c", command], environment: environment, output: "\(file).out")
        guard case .exit(let status) = try await process.end(within: .seconds(120)) else { return nil }
        return status
    }

    @Test func `takes a mail once, refuses unknown addresses, and keeps it with the mail server when the database is away`() async throws {
        let scene = try await InterviewScene()
        let interview = try await scene.schedule().expect(201)
        let path = try await scene.mails(to: scene.candidate, about: interview)[0].returnPath
        let report = report("5.1.1", for: scene.candidate.email)
        #expect(try await run(report, to: path, of: scene, database: "postgresql:///none?host=/nowhere") == 75)
        #expect(try await run(report, to: path, of: scene) == 0)
        #expect(try await run(report, to: path, of: scene) == 0)
        #expect(try await run(report, to: "nobody@reply.example.com", of: scene) == 67)
        try await eventually { try await scene.candidate.get("/users/me").expect(200).data["mailBounce"]?["isBlocked"] == true }
        #expect(try await scene.tenant.count("SELECT count(*) FROM inbound_mails WHERE tenant_id = \(scene.tenant.id)") == 1)
    }
}
