import Crypto
package import Foundation
package import Kernel
package import Mail

/// What an address of ours stands for: a mail that was sent, whose bounce comes there, or a guest's invitation, which a calendar answers.
package struct Mailbox: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case bounce, interview
    }

    package let kind: Kind
    package let tenant: Identifier<Tenant>
    package let id: UUID

    package init(_ kind: Kind, _ id: UUID, of tenant: Identifier<Tenant>) {
        self.kind = kind
        self.tenant = tenant
        self.id = id
    }
}

/// The addresses at the domain whose mail the operator's mail server hands to `tenure receive-mail`. Each carries its tenant and what it is
/// for, signed: nobody can make one up, and no look-up crosses tenants.
package struct Mailboxes: Sendable {
    package let domain: String
    private let key: SymmetricKey

    /// As many bytes of the signature as a local part of 64 characters has room for (RFC 5321, 4.5.3.1.1).
    private static let signatureLength = 6
    private static let idLength = 16

    package init(domain: String, secret: String) throws(MailError) {
        // Checked as an address would be.
        do { _ = try MailAddress("a@\(domain)") } catch {
            throw MailError(.misconfigured, "MAIL_INBOUND_DOMAIN is not a host name")
        }
        self.domain = domain.lowercased()
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Data(secret.utf8)),
            info: Data("mailboxes".utf8),
            outputByteCount: 32
        )
    }

    package func address(of mailbox: Mailbox, name: String? = nil) throws(MailError) -> MailAddress {
        let named = bytes(mailbox.tenant.uuid) + bytes(mailbox.id)
        let local = "\(letter(mailbox.kind))-\(Base32.encode(named + signature(mailbox.kind, named)))"
        return try MailAddress("\(local)@\(domain)", name: name)
    }

    /// Nil for an address that this didn't make, in whatever case it comes back.
    package func mailbox(_ address: String) -> Mailbox? {
        let parts = address.lowercased().split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1] == domain else { return nil }
        let kind = Mailbox.Kind.allCases.first { parts[0].hasPrefix("\(letter($0))-") }
        guard let kind, let all = Base32.decode(parts[0].dropFirst(2)), all.count == 2 * Self.idLength + Self.signatureLength else {
            return nil
        }
        let named = Array(all.prefix(2 * Self.idLength))
        guard signature(kind, named) == Array(all.suffix(Self.signatureLength)) else { return nil }
        return Mailbox(kind, uuid(named.suffix(Self.idLength)), of: Identifier(uuid(named.prefix(Self.idLength))))
    }

    private func letter(_ kind: Mailbox.Kind) -> Character { kind.rawValue.first ?? "-" }

    private func signature(_ kind: Mailbox.Kind, _ named: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Data(kind.rawValue.utf8) + named, using: key).prefix(Self.signatureLength))
    }

    private func bytes(_ id: UUID) -> [UInt8] { withUnsafeBytes(of: id.uuid) { Array($0) } }

    private func uuid(_ bytes: ArraySlice<UInt8>) -> UUID { Array(bytes).withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) } }
}

/// RFC 4648, 6, in lower case and without padding: mail servers may change the case of an address.
private enum Base32 {
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var (buffer, bits) = (0, 0)
        for byte in bytes {
            buffer = (buffer << 8 | Int(byte)) & 0xfff
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[buffer >> bits & 31])
            }
        }
        if bits > 0 { text.append(alphabet[buffer << (5 - bits) & 31]) }
        return String(decoding: text, as: UTF8.self)
    }

    static func decode(_ text: Substring) -> [UInt8]? {
        var bytes: [UInt8] = []
        var (buffer, bits) = (0, 0)
        for character in text.utf8 {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            buffer = (buffer << 5 | value) & 0xfff
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(buffer >> bits & 255))
            }
        }
        return bytes
    }
}
