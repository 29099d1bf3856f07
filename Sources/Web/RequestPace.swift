/// How long a request may take to come in, and its answer to be read, so that nobody holds a connection, a descriptor and a task by sending
/// a byte now and then.
package struct RequestPace: Sendable {
    /// From the start of a connection to the end of the first request's head.
    package var firstHead: Duration = .seconds(30)
    /// From an answer to the end of the next request's head, including the pause between them.
    package var nextHead: Duration = .seconds(60)
    /// For a body that isn't an upload, in total.
    package var body: Duration = .seconds(30)
    /// How far an upload may be behind its minimum rate: a candidate on a slow line gets a resume through.
    package var uploadGrace: Duration = .seconds(30)
    package var uploadBytesPerSecond = 10_000
    /// How long a client may read nothing of an answer that is waiting for it.
    package var answer: Duration = .seconds(60)

    package init() {}

    /// How long a body may have taken when this much of it has arrived.
    func limit(isUpload: Bool, received: Int) -> Duration {
        isUpload ? uploadGrace + .seconds(Double(received) / Double(uploadBytesPerSecond)) : body
    }
}
