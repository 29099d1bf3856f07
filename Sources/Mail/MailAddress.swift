/// One mailbox, checked when it is created, so that neither a header nor an SMTP command can be smuggled in with it.
package struct MailAddress: Hashable, Sendable {
    package let address: String
    package let name: String?

    package init(_ address: String, name: String? = nil) throws(MailError) {
        guard Self.isMailbox(address) else {
            throw MailError(.invalid, "'\(address.prefix(80))' is not an e-mail address")
        }
        self.address = address
        let words = name.map(singleLine)
        self.name = words?.isEmpty == false ? words : nil
    }

    /// Reads `user@host` and `Some Name <user@host>`, the way a person writes a sender into settings.
    package init(parsing text: String) throws(MailError) {
        let text = singleLine(text)
        guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else {
            try self.init(text)
            return
        }
        var name = singleLine(String(text[..<open]))
        if name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") {
            name = String(name.dropFirst().dropLast())
        }
        try self.init(String(text[text.index(after: open)...].dropLast()), name: name)
    }

    package var domain: Substring {
        address[address.index(after: address.lastIndex(of: "@") ?? address.startIndex)...]
    }

    // RFC 5321, 4.1.2 and 4.5.3.1: a dot-string and a host name. Quoted local parts and address literals are left out on purpose.
    private static func isMailbox(_ text: String) -> Bool {
        guard let at = text.lastIndex(of: "@"), text.utf8.count <= 254 else { return false }
        let local = text[..<at]
        let labels = text[text.index(after: at)...].split(separator: ".", omittingEmptySubsequences: false)
        return (1...64).contains(local.utf8.count)
            && local.utf8.allSatisfy { isAtomByte($0) || $0 == UInt8(ascii: ".") }
            && labels.allSatisfy(isHostLabel)
    }

    private static func isHostLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count)
            && label.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
            && !label.hasPrefix("-") && !label.hasSuffix("-")
    }
}

extension MailAddress: Codable {
    private enum CodingKeys: CodingKey {
        case address
        case name
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            values.decode(String.self, forKey: .address),
            name: values.decodeIfPresent(String.self, forKey: .name)
        )
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(address, forKey: .address)
        try values.encodeIfPresent(name, forKey: .name)
    }
}
