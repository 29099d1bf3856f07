package import Variables

/// How mail leaves.
package struct MailSettings: Sendable {
    package let smtpURL: String?
    /// `user@host` or `Some Name <user@host>`.
    package let sender: String
    /// Nil if no mail comes in.
    package let inboundDomain: String?

    static let smtpURL = Setting(
        optional: "SMTP_URL",
        shown: "empty",
        "`smtp://user:password@host:port` or `smtps://...`; the port is 587 with a user, 25 without, 465 for `smtps`. Percent-encode "
            + "reserved characters in a password. If it is empty, mail is kept as a Maildir in `TENURE_DATA/mail`.",
        isSecret: true
    )
    static let sender = Setting(
        "MAIL_FROM",
        or: "Tenure <tenure@localhost.localdomain>",
        "The sender, `user@host` or `Some Name <user@host>`. Its domain is the domain of each Message-ID."
    )

    static let inboundDomain = Setting(
        optional: "MAIL_INBOUND_DOMAIN",
        shown: "none",
        "The domain whose mail the mail server hands to `tenure receive-mail`, such as `reply.example.com`: bounces and calendars' answers go "
            + "there. See [production.md](production.md#mail-that-comes-in)."
    )

    package static let section = SettingsSection(
        "Mail",
        [smtpURL, sender, inboundDomain],
        closing: """
            `SMTP_URL` takes two options. `?tls=off`, `offered` or `required`: with a user and a host other than this machine it is `required`, which refuses to sign in without TLS;
            otherwise `offered`, which uses STARTTLS if the server has it. `?ca=/path.pem`: the authorities to trust instead of the system's.
            """
    )

    package init(_ read: SettingsReader) throws(SettingsError) {
        smtpURL = try read(Self.smtpURL)
        sender = try read(Self.sender)
        inboundDomain = try read(Self.inboundDomain)
    }

    /// The mailbox that all mail comes from.
    package func from() throws(MailError) -> MailAddress {
        do { return try MailAddress(parsing: sender) } catch { throw MailError(.misconfigured, "the sender of mail: \(error.text)") }
    }

    /// Nothing is contacted yet; only settings that can never work are refused here. Without a server, mail is kept in `directory`.
    package func transport(directory: String) throws(MailError) -> any MailTransport {
        let from = try from()
        guard let smtpURL else { return try MaildirTransport(directory: directory, from: from) }
        return try SMTPTransport(url: smtpURL, from: from)
    }
}
