/// What a socket may cost: how large a message may be, and how long the other side may be silent before it counts as gone.
package struct SocketPace: Sendable {
    /// Of one message, in bytes, in however many frames it comes.
    package var maximumMessage = 64 * 1024
    /// Between pings. A client that answers nothing until the next one is gone.
    package var ping = Duration.seconds(30)
    /// How long to wait for the other side's close frame after ours.
    package var closing = Duration.seconds(5)
    /// How many messages may wait to be read; beyond that no more are taken from the connection.
    package var backlog = 64

    package init() {}
}
