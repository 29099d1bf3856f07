/// How a runner process ended while it was needed. The process is replaced; only the run that it was busy with is lost.
package enum RunnerEnd: Error, Sendable, Hashable {
    /// It used up its time of the processor, or waited too long for it, and was killed.
    case time
    /// Nobody waits for it any more.
    case canceled
    case exited(Int32)
    case signaled(Int32)
    /// It wrote something that the protocol does not know, and was killed.
    case garbled
    /// It could not be started (errno).
    case unstartable(Int32)
}
