/// A way to send mail. When `send` returns, something else is responsible for the message: a mail server, or the disk.
package protocol MailTransport: Sendable {
    func send(_ message: MailMessage) async throws(MailError)
}
