import Foundation

/// Where and how to reach a mail server, read from `smtp://user:password@host:port` or `smtps://...`. `?tls=off|offered|required` says
/// whether to require encryption, `?ca=/path.pem` which authorities to trust.
struct SMTPServer: Sendable {
    enum Encryption: String, Sendable {
        case off
        case offered
        case required
    }

    let url: String
    let user: String?
    let password: String?
    let encryption: Encryption
    let authorities: String?

    init(_ text: String) throws(MailError) {
        guard var parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            let scheme = parts.scheme?.lowercased(), ["smtp", "smtps"].contains(scheme)
        else {
            // The text may hold a password, so it is not repeated.
            throw MailError(.misconfigured, "SMTP_URL is not of the form smtp://user:password@host:port or smtps://...")
        }
        user = parts.user
        password = parts.password
        let options = Dictionary((parts.queryItems ?? []).map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { $1 })
        if let unknown = options.keys.first(where: { !["tls", "ca"].contains($0) }) {
            throw MailError(.misconfigured, "SMTP_URL has an unknown option '\(unknown)'")
        }
        authorities = options["ca"]
        encryption = try Self.encryption(scheme: scheme, host: host, hasPassword: parts.user != nil, option: options["tls"])
        // RFC 8314: 465 speaks TLS at once, 587 is for those who sign in, 25 for relays.
        parts.port = parts.port ?? (scheme == "smtps" ? 465 : parts.user == nil ? 25 : 587)
        parts.scheme = scheme
        parts.user = nil
        parts.password = nil
        parts.query = nil
        guard let url = parts.string else { throw MailError(.misconfigured, "SMTP_URL cannot be used") }
        self.url = url
    }

    // A password must not follow a stripped STARTTLS in the clear; within this machine nobody is listening.
    private static func encryption(scheme: String, host: String, hasPassword: Bool, option: String?) throws(MailError) -> Encryption {
        if let option {
            guard let chosen = Encryption(rawValue: option) else {
                throw MailError(.misconfigured, "SMTP_URL: tls must be off, offered or required")
            }
            return chosen
        }
        let isLocal = ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host)
        return scheme == "smtps" || (hasPassword && !isLocal) ? .required : .offered
    }
}
