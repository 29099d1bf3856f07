import Documents
import Foundation
import Subprocess

/// Runs a program on untrusted input in a child with limits on processor, memory, files and wall time. `prlimit` replaces itself by
/// the program, so the limits hold before its first instruction and a signal reaches the program itself.
struct LimitedProcess: Sendable {
    struct Outcome: Sendable {
        let output: String
        let complaint: String
        let exitCode: Int32
    }

    let limits: ExtractionLimits

    /// Throws only for what the child did to its limits; a failing exit code is for the caller to read.
    func run(_ program: String, _ arguments: [String], complaintBytes: Int = 0) async throws(DocumentError) -> Outcome {
        do {
            return try await race(program, arguments, complaintBytes)
        } catch let error as DocumentError {
            throw error
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            throw .expandsTooFar
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw .programMissing("prlimit")
        } catch {
            throw .interrupted
        }
    }

    private func race(_ program: String, _ arguments: [String], _ complaintBytes: Int) async throws -> Outcome {
        try await withThrowingTaskGroup(of: Outcome.self) { group in
            group.addTask { try await execute(program, arguments, complaintBytes) }
            group.addTask {
                try await Task.sleep(for: .seconds(limits.wallSeconds))
                throw DocumentError.tookTooLong
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }

    private func execute(_ program: String, _ arguments: [String], _ complaintBytes: Int) async throws -> Outcome {
        let command = Arguments(fences + ["--", program] + arguments)
        let environment = Environment.custom(["PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"])
        // Without a wish to read them, complaints go nowhere: a broken file can cause megabytes of them.
        guard complaintBytes > 0 else {
            let result = try await Subprocess.run(
                .name("prlimit"),
                arguments: command,
                environment: environment,
                output: .string(limit: limits.outputBytes)
            )
            let exitCode = try exitCode(of: result.terminationStatus, program)
            return Outcome(output: result.standardOutput, complaint: "", exitCode: exitCode)
        }
        let result = try await Subprocess.run(
            .name("prlimit"),
            arguments: command,
            environment: environment,
            output: .discarded,
            error: .string(limit: complaintBytes)
        )
        return Outcome(output: "", complaint: result.standardError, exitCode: try exitCode(of: result.terminationStatus, program))
    }

    private var fences: [String] {
        [
            "--cpu=\(limits.processorSeconds)", "--as=\(limits.memoryBytes)", "--fsize=\(1 << 20)", "--core=0", "--nofile=64",
        ]
    }

    private func exitCode(of status: TerminationStatus, _ program: String) throws(DocumentError) -> Int32 {
        switch status {
        // prlimit(1) follows env(1): 127 when the program is not found, 126 when it cannot be run.
        case .exited(126), .exited(127): throw .programMissing(program)
        case .exited(let code): return code
        case .signaled(SIGXCPU), .signaled(SIGKILL): throw .tookTooLong
        // Out of memory surfaces as an abort: nothing that an honest document does to these programs.
        case .signaled: throw .broken
        }
    }
}
