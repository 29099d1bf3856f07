/// How a runner process ended while it was needed. The process is replaced; only the current run is lost.
package enum RunnerEnd: Error, Sendable, Hashable {
    /// It used up its processor time, or waited for it too long, and was killed.
    case time
    /// Nobody waits for it any more.
    case canceled
    case exited(Int32)
    case signaled(Int32)
    /// It wrote something that isn't in the protocol, and was killed.
    case garbled
    /// It could not be started (errno).
    case unstartable(Int32)
}
