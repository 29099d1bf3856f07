package import Foundation

/// Python as a judge that shares no code with what it judges. `TENURE_TEST_PYTHON` names one that has what `Scripts/services` installs for it.
package enum Python {
    package struct Failed: Error {
        let output: String
    }

    package struct NoPort: Error {}

    package static func process(_ script: String, _ arguments: [String] = []) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let python = ProcessInfo.processInfo.environment["TENURE_TEST_PYTHON"] ?? "python3"
        process.arguments = [python, "-c", script] + arguments
        return process
    }

    /// Starts a server that first prints the port it listens on. A quiet one keeps its complaints to itself.
    package static func serve(_ script: String, _ arguments: [String], isQuiet: Bool = false) throws -> (process: Process, port: Int) {
        let process = process(script, arguments)
        let output = Pipe()
        process.standardOutput = output
        if isQuiet { process.standardError = FileHandle.nullDevice }
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else { throw NoPort() }
        return (process, port)
    }

    /// What the script prints as JSON when it reads `input`.
    package static func judge<Verdict: Decodable>(_ script: String, _ input: Data) async throws -> Verdict {
        let file = FileManager.default.temporaryDirectory.appending(path: "judged-\(UUID().uuidString)")
        try input.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        // Not a pipe: other children would inherit its end and keep it open.
        let output = file.path + ".json"
        _ = FileManager.default.createFile(atPath: output, contents: nil)
        defer { try? FileManager.default.removeItem(atPath: output) }
        let process = process(script, [file.path])
        process.standardOutput = FileHandle(forWritingAtPath: output)
        try await process.finish()
        let data = try Data(contentsOf: URL(fileURLWithPath: output))
        guard process.terminationStatus == 0 else { throw Failed(output: String(decoding: data, as: UTF8.self)) }
        return try JSONDecoder().decode(Verdict.self, from: data)
    }
}

extension Process {
    /// Runs to the end. `waitUntilExit` would block one of the few threads that all tests share.
    package func finish() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            terminationHandler = { _ in continuation.resume() }
            do {
                try run()
            } catch {
                terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
    }
}
