import ChildProcesses
import Foundation
import Testing

/// A directory with a team's rules, and the commands run on it.
struct RuleDesk: Sendable {
    struct Outcome {
        let status: Int32
        let text: String
    }

    let folder: URL

    static func run(_ body: (RuleDesk) async throws -> Void) async throws {
        let parent = ProcessInfo.processInfo.environment["TENURE_TEST_FOLDER"] ?? "/tmp"
        let desk = RuleDesk(folder: URL(fileURLWithPath: parent).appending(path: "desk-\(UUID().uuidString.prefix(8))"))
        try FileManager.default.createDirectory(at: desk.folder, withIntermediateDirectories: true)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(desk)) } catch { outcome = .failure(error) }
        try FileManager.default.removeItem(at: desk.folder)
        try outcome.get()
    }

    func path(_ file: String) -> String { folder.appending(path: file).path }

    func write(_ file: String, _ text: String) throws {
        let url = folder.appending(path: file)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func read(_ file: String) throws -> String { try String(contentsOf: folder.appending(path: file), encoding: .utf8) }

    func rules(_ arguments: String...) async throws -> Outcome { try await run(arguments) }

    /// `tenure rules` in this directory, without the tests' own environment.
    func run(_ arguments: [String], _ environment: [String: String] = [:]) async throws -> Outcome {
        let output = path(".output-\(UUID().uuidString)")
        let process = try ChildProcess([ChildProcess.tenure, "rules"] + arguments, environment: environment, output: output)
        guard case .exit(let status) = try await process.end(within: .seconds(60)) else { throw Signaled() }
        return Outcome(status: status, text: process.text)
    }

    private struct Signaled: Error {}
}
