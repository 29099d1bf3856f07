import Variables

extension Settings {
    enum Post {
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

        static let section = SettingsSection(
            "Mail",
            [smtpURL, sender],
            closing: """
                `SMTP_URL` takes two options. `?tls=off`, `offered` or `required`: with a user and a host other than this machine it is `required`, which refuses to sign in without TLS;
                otherwise `offered`, which uses STARTTLS if the server has it. `?ca=/path.pem`: the authorities to trust instead of the system's.
                """
        )
    }
}
