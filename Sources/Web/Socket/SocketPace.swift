/// What a socket may cost: how large a message may be, and how long it may be silent before the other side counts as gone.
package struct SocketPace: Sendable {
    /// Of one message, in bytes, however many frames it comes in.
    package var maximumMessage = 64 * 1024
    /// Between pings. Who answers nothing until the next one is gone.
    package var ping = Duration.seconds(30)
    /// For the other side's farewell after ours.
    package var farewell = Duration.seconds(5)
    /// Messages that wait to be read; then no more are taken from the connection.
    package var backlog = 64

    package init() {}
}
