package import Foundation

/// Python as a judge that shares no code with what it judges. `TENURE_TEST_PYTHON` names one with the packages that `Scripts/services`
/// installs.
package enum Python {
    package struct Failed: Error {
        let output: String
    }

    package static func command(_ script: String, _ arguments: [String] = []) -> [String] {
        [ProcessInfo.processInfo.environment["TENURE_TEST_PYTHON"] ?? "python3", "-c", script] + arguments
    }

    /// Starts a server whose first line is `Introduction` as JSON, such as the port that it listens on, and which ends with its parent.
    ///
    /// - Parameter environment: is added to the tests' own.
    package static func serve<Introduction: Decodable>(
        _ script: String,
        _ arguments: [String] = [],
        environment: [String: String] = [:]
    ) async throws -> (process: ChildProcess, introduction: Introduction) {
        let output = FileManager.default.temporaryDirectory.appending(path: "server-\(UUID().uuidString)")
        let errors = output.path + ".errors"
        defer { for path in [output.path, errors] { try? FileManager.default.removeItem(atPath: path) } }
        let process = try ChildProcess(
            command(script, arguments),
            environment: ProcessInfo.processInfo.environment.merging(environment) { _, new in new },
            output: output.path,
            errors: errors
        )
        let deadline = ContinuousClock.now + .seconds(60)
        while .now < deadline, process.end == nil {
            let text = process.text
            if let end = text.firstIndex(of: "\n") {
                return (process, try JSONDecoder().decode(Introduction.self, from: Data(text[..<end].utf8)))
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        process.kill()
        throw Failed(output: (try? String(contentsOfFile: errors, encoding: .utf8)) ?? "")
    }

    /// What the script prints as JSON when it reads `input`.
    package static func judge<Verdict: Decodable>(_ script: String, _ input: Data) async throws -> Verdict {
        let file = FileManager.default.temporaryDirectory.appending(path: "judged-\(UUID().uuidString)")
        let (output, errors) = (file.path + ".json", file.path + ".errors")
        defer { for path in [file.path, output, errors] { try? FileManager.default.removeItem(atPath: path) } }
        try input.write(to: file)
        let process = try ChildProcess(command(script, [file.path]), output: output, errors: errors)
        guard try await process.end() == .exit(0) else {
            throw Failed(output: try String(contentsOfFile: errors, encoding: .utf8))
        }
        return try JSONDecoder().decode(Verdict.self, from: Data(process.text.utf8))
    }
}
