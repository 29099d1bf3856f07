import Glibc

/// The child process and our end of the socket to it: a big-endian u32 length, then that many bytes of JSON, each way.
/// Blocks; belongs to one `RunnerProcess`.
struct RunnerChannel: Sendable {
    /// The runner's own cap (wire.h).
    static let messageLimit = 1 << 20
    private static let headerLength = 4

    let process: pid_t
    private let socket: Int32
    /// A console script's process sends messages without being asked, and waiting for it ends with the task.
    private let isConsole: Bool

    /// Starts the program with only the socket as descriptor 3: no environment, no other descriptors, default signals.
    init(starting executable: String, forConsole isConsole: Bool = false) throws(RunnerEnd) {
        self.isConsole = isConsole
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw .unstartable(errno) }
        defer { close(ends[1]) }
        do {
            process = try Self.spawn(executable, isConsole ? ["console"] : [], with: ends[1])
            socket = ends[0]
        } catch {
            close(ends[0])
            throw error
        }
    }

    private static func spawn(_ executable: String, _ arguments: [String], with socket: Int32) throws(RunnerEnd) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in Int32(0)...2 { posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0) }
        posix_spawn_file_actions_adddup2(&actions, socket, 3)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        // Its own group: Ctrl-C in the terminal is for the server, which ends its runners after their runs.
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))

        var process = pid_t()
        let words = (["rule-runner"] + arguments).map { strdup($0) }
        defer { for word in words { free(word) } }
        let status = posix_spawn(&process, executable, &actions, &attributes, words + [nil], [nil])
        guard status == 0 else { throw .unstartable(status) }
        return process
    }

    func send(_ message: [UInt8]) throws(RunnerEnd) {
        let length = UInt32(message.count).bigEndian
        let frame = withUnsafeBytes(of: length, Array.init) + message
        var sent = 0
        while sent < frame.count {
            let count = frame[sent...].withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw ended() }
            sent += count
        }
    }

    /// The next message, or the end of a process that did not answer in time. `start` is its processor time when it was asked; if left out:
    /// now.
    func receive(within time: Duration, since start: Duration? = nil) throws(RunnerEnd) -> [UInt8] {
        var buffer: [UInt8] = []
        var deadline = Deadline(after: time, start ?? processorTime)
        try fill(&buffer, to: Self.headerLength, before: &deadline)
        let length = buffer.prefix(Self.headerLength).reduce(0) { $0 << 8 | Int($1) }
        guard length <= Self.messageLimit else { throw .garbled }
        try fill(&buffer, to: Self.headerLength + length, before: &deadline)
        guard buffer.count == Self.headerLength + length else { throw .garbled }
        return Array(buffer[Self.headerLength...])
    }

    private func fill(_ buffer: inout [UInt8], to wanted: Int, before deadline: inout Deadline) throws(RunnerEnd) {
        while buffer.count < wanted {
            try waitForInput(before: &deadline)
            let count = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { space in
                // A rule's process sends one message at a time; extra bytes are noticed.
                let count = recv(socket, space.baseAddress, isConsole ? min(space.count, wanted - buffer.count) : space.count, 0)
                if count > 0 { buffer.append(contentsOf: space.prefix(count)) }
                return count
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw ended() }
        }
    }

    private func waitForInput(before deadline: inout Deadline) throws(RunnerEnd) {
        while true {
            if deadline.instant <= .now, !deadline.extend(processorTime) { throw .time }
            let left = deadline.instant - .now
            if isConsole, Task.isCancelled { throw .canceled }
            let patience = isConsole ? min(left, .milliseconds(100)) : left
            var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            let count = poll(&entry, 1, Int32(clamping: patience / .milliseconds(1)) + 1)
            if count > 0 { return }
            if count < 0, errno != EINTR { throw .garbled }
        }
    }

    /// The processor time used by the process so far.
    var processorTime: Duration {
        var clock = clockid_t()
        var time = timespec()
        guard clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0 else { return .zero }
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    private func ended() -> RunnerEnd {
        let status = reap()
        // wait(2): the low seven bits are the signal, the next byte the status.
        return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signaled(status & 0x7F)
    }

    private func reap() -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status
    }

    /// Our end, for sending something that isn't a message.
    var descriptor: Int32 { socket }

    /// Ends the process, whatever it is doing, unless `end` says that it is already gone.
    func shut(after end: RunnerEnd?) {
        close(socket)
        switch end {
        case .exited, .signaled: break
        default:
            kill(process, SIGKILL)
            _ = reap()
        }
    }
}

/// When a process has used its time. On a busy machine a process that had to wait for the processor gets that time back, up to a limit.
private struct Deadline {
    private static let mostWaiting = Duration.seconds(2)

    private let time: Duration
    private let startOfProcessorTime: Duration
    private let last: ContinuousClock.Instant
    private(set) var instant: ContinuousClock.Instant

    init(after time: Duration, _ processorTime: Duration) {
        self.time = time
        startOfProcessorTime = processorTime
        instant = .now + time
        last = instant + Self.mostWaiting
    }

    /// False when the time is over.
    mutating func extend(_ processorTime: Duration) -> Bool {
        let missed = time - (processorTime - startOfProcessorTime)
        guard missed > .zero, .now < last else { return false }
        instant = min(.now + missed, last)
        return true
    }
}

extension Int32 {
    fileprivate init(clamping value: Double) {
        self = value < Double(Int32.max - 1) ? Int32(value) : Int32.max - 1
    }
}
