package import Foundation
import Glibc
import Synchronization

/// A program that a test starts, with what it prints in a file. Not Foundation's `Process`: it waits for its children on a thread that a busy
/// test run may never give it.
package final class ChildProcess: Sendable {
    package enum End: Equatable, Sendable {
        case exit(Int32)
        case signal(Int32)
    }

    package struct NotStarted: Error {
        let program: String
        let reason: String
    }

    package struct StillRunning: Error {
        let output: String
    }

    /// The program that was built with these tests.
    package static let tenure: String = {
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        return tests.deletingLastPathComponent().appending(path: "tenure").path
    }()

    package let id: pid_t
    private let output: String
    private let seenEnd = Mutex<End?>(nil)

    /// - Parameters:
    ///   - output: the file that the program's output is appended to.
    ///   - errors: another file for its standard error.
    package init(
        _ arguments: [String],
        environment: [String: String] = ProcessInfo.processInfo.environment,
        output: String,
        errors: String? = nil
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        if let errors {
            posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        } else {
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        }

        // A thread of the concurrency runtime may block signals, and a child inherits that: SIGTERM would never reach it.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        var words = arguments.map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for pointer in words + variables { free(pointer) } }
        var id: pid_t = 0
        let status = posix_spawnp(&id, arguments[0], &actions, &attributes, &words, &variables)
        guard status == 0 else { throw NotStarted(program: arguments[0], reason: String(cString: strerror(status))) }
        self.id = id
        self.output = output
    }

    /// Everything written so far.
    package var text: String { (try? String(contentsOfFile: output, encoding: .utf8)) ?? "" }

    /// How the program ended. Nil while it runs.
    package var end: End? { waited(WNOHANG) }

    package func signal(_ number: Int32) {
        if end == nil { Glibc.kill(id, number) }
    }

    /// Ends the program as a crash would, and waits for that.
    package func kill() {
        signal(SIGKILL)
        _ = waited(0)
    }

    /// Waits for the end without holding a thread.
    @discardableResult
    package func end(within limit: Duration = .seconds(120)) async throws -> End {
        let deadline = ContinuousClock.now + limit
        while true {
            if let end { return end }
            guard .now < deadline else { throw StillRunning(output: String(text.suffix(2000))) }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    private func waited(_ options: Int32) -> End? {
        seenEnd.withLock { seen in
            var status: Int32 = 0
            if seen == nil, waitpid(id, &status, options) == id {
                let signal = status & 0x7F
                seen = signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
            }
            return seen
        }
    }
}
