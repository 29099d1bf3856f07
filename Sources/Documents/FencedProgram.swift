import Foundation
import Subprocess
import SystemPackage

/// One run of the fence: a small program that puts walls around whatever reads a stranger's file, and gives back what the last of
/// them prints. `Sources/fence/main.c` says how it is called.
struct FencedProgram: Sendable {
    let programs: String
    let limits: ExtractionLimits

    /// `file` is read by all; without one `input` is what the reader reads.
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

    /// The fence's own words and those of a reader that breaks down.
    private static let complaintBytes = 64 << 10

    private func check(_ status: TerminationStatus, _ complaint: String) throws(DocumentError) {
        switch status {
        case .exited(0): return
        // The fence's own codes: it failed, a program can't be run, a program is missing.
        case .exited(125...127): throw .programFailed(complaint)
        // The picture reader's word for more pixels than are decoded.
        case .exited(100): throw .expandsTooFar
        case .exited: throw .broken
        case .signaled(SIGALRM), .signaled(SIGXCPU), .signaled(SIGKILL): throw .tookTooLong
        // Out of memory surfaces as a trap: nothing that an honest document does to the reader.
        case .signaled: throw .broken
        }
    }
}
