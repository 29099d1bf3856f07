import Foundation
import Glibc
import Testing

/// A child with its output in a file. `Process` is of no use here: it waits for its children on a thread that a busy test run may never give it.
final class ChildProcess: Sendable {
    enum End: Equatable {
        case exit(Int32)
        case signal(Int32)
    }

    /// The program that was built with these tests.
    static let tenure: String = {
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        return tests.deletingLastPathComponent().appending(path: "tenure").path
    }()

    let id: pid_t
    private let output: String

    init(_ arguments: [String], environment: [String: String], output: String) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)

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
        try #require(status == 0, "\(arguments[0]): \(String(cString: strerror(status)))")
        self.id = id
        self.output = output
    }

    /// Everything written so far.
    var text: String { (try? String(contentsOfFile: output, encoding: .utf8)) ?? "" }

    func signal(_ number: Int32) { kill(id, number) }

    /// Waits for the end without holding a thread.
    func end(within limit: Duration = .seconds(30), sourceLocation: SourceLocation = #_sourceLocation) async throws -> End {
        let deadline = ContinuousClock.now + limit
        var status: Int32 = 0
        while waitpid(id, &status, WNOHANG) == 0 {
            try #require(.now < deadline, "\(text.suffix(2000))", sourceLocation: sourceLocation)
            try await Task.sleep(for: .milliseconds(10))
        }
        let signal = status & 0x7F
        return signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
    }
}
