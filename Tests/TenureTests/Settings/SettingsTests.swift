import Blobs
import ChildProcesses
import Foundation
import Kernel
import Mail
import RuleFiles
import Testing
import Variables
import Web

@testable import tenure

/// The settings in the environment, and the page about them.
@Suite struct SettingsTests {
    private static let databases = ["DATABASE_URL": "postgresql:///a", "OPERATOR_DATABASE_URL": "postgresql:///b"]

    private func run(_ arguments: [String], _ environment: [String: String] = [:]) async throws -> (status: Int32?, text: String) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID().uuidString)")
        let process = try ChildProcess([ChildProcess.tenure] + arguments, environment: environment, output: folder.path)
        defer { try? FileManager.default.removeItem(at: folder) }
        guard case .exit(let status) = try await process.end(within: .seconds(60)) else { return (nil, process.text) }
        return (status, process.text)
    }

    @Test func `deploy/environment.md is what the program prints`() async throws {
        let page = try String(contentsOf: Checkout.folder.appending(path: "deploy/environment.md"), encoding: .utf8)
        #expect(page == Settings.page, "Write it anew: tenure settings > deploy/environment.md")
        let printed = try await run(["settings"])
        #expect(printed.status == 0 && printed.text == page)
    }

    @Test func `every setting that is read is on the page, and the other way round`() throws {
        let reader = SettingsReader(Self.databases)
        _ = try Settings(reader)
        let described = Settings.sections.flatMap { $0.settings.map(\.name) }
        let team = TeamSettings.section.settings.map(\.name)
        #expect(Set(described).count == described.count)
        #expect(reader.namesRead.union(team) == Set(described))
    }

    @Test func `with only the databases set it is a trial on this machine`() throws {
        let settings = try Settings(Self.databases.merging(["TENURE_PORT": "9000", "SMTP_URL": ""]) { _, new in new })
        #expect(settings.environment == .development && settings.web.isLimited && settings.logFormat == .text)
        #expect(settings.web.publicURL == "http://127.0.0.1:9000" && settings.mail.smtpURL == nil && settings.blobs.bucket == nil)
        let production = try Settings(Self.databases.merging(["TENURE_ENVIRONMENT": "production"]) { _, new in new })
        #expect(production.logFormat == .json)
    }

    @Test(arguments: [
        "DATABASE_URL": "", "TENURE_PORT": "none", "TENURE_POOL_SIZE": "0", "TENURE_ENVIRONMENT": "test", "TENURE_LOG_LEVEL": "loud",
        "TENURE_LOG_FORMAT": "xml", "TENURE_STATEMENTS": "some", "TENURE_OUTBOUND_PERMIT": "10.0.0.0/99", "TENURE_SECRET_KEYS": "a:short",
        "TENURE_BLOBS": "s3://blobs", "TENURE_METRICS_PORT": "-1", "TENURE_TRUSTED_PROXIES": "10.0.0.1, proxy",
    ])
    func `an invalid value names its variable`(name: String, value: String) {
        let error = #expect(throws: SettingsError.self) { try Settings(Self.databases.merging([name: value]) { _, new in new }) }
        #expect(error?.description.hasPrefix("\(name): ") == true, "\(error?.description ?? "")")
    }

    @Test func `a bucket needs its keys`() throws {
        let keys = ["TENURE_BLOBS": "s3://blobs?region=eu-central-1", "TENURE_BLOBS_KEY": "a", "TENURE_BLOBS_SECRET": "b"]
        #expect(try Settings(Self.databases.merging(keys) { _, new in new }).blobs.bucket != nil)
    }

    @Test func `the document of the API is printed without a database`() async throws {
        let printed = try await run(["openapi"], ["TENURE_PUBLIC_URL": "https://jobs.example.com"])
        #expect(printed.status == 0)
        let document = try JSON(parsing: printed.text.utf8)
        #expect(document["openapi"] == "3.1.0" && document["servers"]?[0]?["url"]?.string?.hasPrefix("https://jobs.example.com") == true)
    }
}
