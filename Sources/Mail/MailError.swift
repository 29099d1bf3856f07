/// Why a message was not handed over, and whether sending it again can help.
package struct MailError: Error, Equatable, Sendable {
    package enum Kind: String, Sendable {
        /// The server was away, busy or refused *us* for now: send again later.
        case temporary
        /// The server refused this message or its recipient for good.
        case permanent
        /// The message can't be expressed as a mail.
        case invalid
        /// The operator's settings are wrong.
        case misconfigured
    }

    package let kind: Kind
    /// The server's last reply code, if there was one.
    package let reply: Int?
    package let text: String

    package init(_ kind: Kind, _ text: String, reply: Int? = nil) {
        self.kind = kind
        self.text = text
        self.reply = reply
    }

    package var isTemporary: Bool { kind == .temporary }
}

extension MailError: CustomStringConvertible {
    package var description: String {
        "mail: \(kind.rawValue): \(text)"
    }
}
