import ArgumentParser
import Foundation
import Outbound
import RuleFiles
import Variables

/// Which server to use, and with which key.
struct ServerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The server, as https://hiring.example.com.", valueName: "url"))
    var server: String

    func withServer(_ body: (RuleServer) async throws -> Void) async throws {
        let outbound = Outbound()
        do {
            // A key given as an argument would appear in the list of processes and in the shell's history.
            let server = try RuleServer(server, key: try SettingsReader()(TeamSettings.key), over: outbound)
            if server.isOpenToReaders {
                FileHandle.standardError.write(Data("warning: over http others can read the key; use https\n".utf8))
            }
            try await body(server)
            await outbound.close()
        } catch {
            await outbound.close()
            throw error
        }
    }
}

/// Prints the result for each script as it happens, and ends with status 1 if there was a problem.
struct SyncReport {
    private let width: Int
    private(set) var hasTrouble = false

    init(naming names: [String]) {
        width = names.map(\.count).max() ?? 0
    }

    mutating func tell(_ line: SyncLine) {
        print(line.text(width: width))
        if line.isTrouble { hasTrouble = true }
    }

    func end() throws {
        if hasTrouble { throw ExitCode(1) }
    }
}
