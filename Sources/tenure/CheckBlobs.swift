import ArgumentParser
import Blobs
import Logging
import Web

struct CheckBlobs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-blobs",
        abstract: "Compare the stored files with the rows that name them.",
        discussion: """
            Names rows whose file is missing, and files that no row has named for three
            days. Servers delete the latter once a day; --sweep does so now. Ends with
            status 1 where a file is missing.
            """
    )

    @Flag(help: "Delete the files that no row names.")
    var sweep = false

    func run() async throws {
        let outcome = try await Composition.run(Settings()) { try await $0.blobCheck.run(sweeps: sweep) }
        for line in outcome.lines { print(line) }
        if !outcome.missing.isEmpty { throw ExitCode(1) }
    }
}

extension BlobCheck.Outcome {
    var lines: [String] {
        missing.map { "MISSING  \($0)" } + unnamed.map { "unnamed  \($0)" } + [
            "\(blobs) files, \(rows) named by rows; \(missing.count) missing, \(unnamed.count) unnamed, \(deleted) deleted"
        ]
    }
}
