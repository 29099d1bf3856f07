/// How long a request may take to come in, and its answer to be taken, so that nobody holds a connection, a descriptor and a task by sending a byte now and then.
package struct RequestPace: Sendable {
    /// From a connection's beginning to the end of the first request's head.
    package var firstHead: Duration = .seconds(30)
    /// From an answer to the end of the next request's head, the pause between them included.
    package var nextHead: Duration = .seconds(60)
    /// For a body that is no upload, all in all.
    package var body: Duration = .seconds(30)
    /// An upload may be this much behind its least rate: a candidate on a slow line gets a resume through.
    package var uploadGrace: Duration = .seconds(30)
    package var uploadBytesPerSecond = 10_000
    /// How long a client may take nothing of an answer that waits for it.
    package var answer: Duration = .seconds(60)

    package init() {}

    /// How long a body may have taken of which so much is there.
    func limit(isUpload: Bool, received: Int) -> Duration {
        isUpload ? uploadGrace + .seconds(Double(received) / Double(uploadBytesPerSecond)) : body
    }
}
