import Glibc

/// Wakes a thread that sleeps in `poll`. Once rung it stays rung.
final class Doorbell: Sendable {
    let descriptor: Int32
    private let button: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        // Fails only when the process has no descriptors left; then nothing else works either.
        let status = pipe(&ends)
        precondition(status == 0, "no pipe: error \(errno)")
        // Child processes must not inherit them.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        descriptor = ends[0]
        button = ends[1]
    }

    deinit {
        Glibc.close(descriptor)
        Glibc.close(button)
    }

    func ring() {
        var byte: UInt8 = 1
        // A pipe too full to take the byte has already been rung.
        _ = write(button, &byte, 1)
    }

    func hasRung(waiting duration: Duration) -> Bool {
        var source = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&source, 1, Int32(duration / .milliseconds(1))) > 0
    }
}
