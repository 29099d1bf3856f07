import Foundation
import Subprocess
import SystemPackage

/// One run of the fence, a small program that sandboxes whatever reads a stranger's file, and returns what the last program prints.
/// `Sources/fence/main.c` describes how to call it.
struct FencedProgram: Sendable {
    let programs: String
    let limits: ExtractionLimits

    /// All programs read `file`; without one the reader reads `input`.
    func run(_ commands: [[String]], file: String?, input: Data = Data()) async throws(DocumentError) -> Data {
        let words =
            ["\(limits.processorSeconds)", "\(limits.wallSeconds)", "\(limits.memoryBytes)", "\(limits.outputBytes)", file ?? "-"]
            + commands.joined(separator: ["--"])
        do {
            let result = try await Subprocess.run(
                .path(FilePath("\(programs)/fence")),
                arguments: Arguments(words),
                environment: .custom([:]),
                input: .data(input),
                output: .data(limit: limits.answerBytes),
                error: .string(limit: Self.complaintBytes)
            )
            try check(result.terminationStatus, result.standardError)
            return result.standardOutput
        } catch let error as DocumentError {
            throw error
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            throw .expandsTooFar
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw .programFailed("\(programs)/fence is missing.")
        } catch {
            throw .interrupted
        }
    }

    /// For messages of the fence itself and of a reader that crashes.
    private static let complaintBytes = 64 << 10

    private func check(_ status: TerminationStatus, _ complaint: String) throws(DocumentError) {
        switch status {
        case .exited(0): return
        // The fence's own codes: it failed, a program can't be run, a program is missing.
        case .exited(125...127): throw .programFailed(complaint)
        // The picture reader's code for more pixels than it decodes.
        case .exited(100): throw .expandsTooFar
        case .exited: throw .broken
        case .signaled(SIGALRM), .signaled(SIGXCPU), .signaled(SIGKILL): throw .tookTooLong
        // Running out of memory shows as a trap: no ordinary document does that to the reader.
        case .signaled: throw .broken
        }
    }
}
