/// Sends through a mail server with libcurl, one message after another over one connection that is kept open. A message whose acceptance
/// could not be confirmed counts as not sent.
package struct SMTPTransport: MailTransport {
    private let connection: SMTPConnection
    private let sender: MailAddress

    package init(url: String, from sender: MailAddress, timeout: Duration = .seconds(60)) throws(MailError) {
        connection = try SMTPConnection(server: SMTPServer(url), timeout: timeout)
        self.sender = sender
    }

    package func send(_ message: MailMessage) async throws(MailError) {
        let data = try message.rendered(from: sender)
        try await connection.send(data, from: (message.returnPath ?? sender).address, to: message.to.map(\.address))
    }
}
