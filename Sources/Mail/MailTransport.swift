/// A way to send mail. When `send` returns, something else is responsible for the message: a mail server, or the disk.
package protocol MailTransport: Sendable {
    func send(_ message: MailMessage) async throws(MailError)
}

/// Where mail goes: to the server in `SMTP_URL`, or else into a directory, so that nothing is lost before a server is set up.
package struct MailSettings: Sendable {
    package var smtpURL: String?
    package var directory: String
    /// `user@host` or `Some Name <user@host>`.
    package var sender: String

    package init(smtpURL: String?, directory: String, sender: String) {
        self.smtpURL = smtpURL
        self.directory = directory
        self.sender = sender
    }

    /// Nothing is contacted yet; only settings that can never work are refused here.
    package func transport() throws(MailError) -> any MailTransport {
        let from: MailAddress
        do {
            from = try MailAddress(parsing: sender)
        } catch {
            throw MailError(.misconfigured, "the sender of mail: \(error.text)")
        }
        guard let smtpURL, !smtpURL.isEmpty else { return try MaildirTransport(directory: directory, from: from) }
        return try SMTPTransport(url: smtpURL, from: from)
    }
}
