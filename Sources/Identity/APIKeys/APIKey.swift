import Crypto
package import Foundation
package import Kernel

/// A key that lets a program act in one tenant: a public name, 32 secret bytes, the tenant, so that no lookup crosses tenants, and a
/// checksum, so that typos are refused without a lookup. Only its hash is stored.
package struct APIKey: Sendable, Hashable {
    package static let mark = "tnk_"
    private static let nameLength = 6
    private static let secretLength = 32
    private static let checksumLength = 3

    package let text: String
    package let tenant: Identifier<Tenant>

    package init(tenant: Identifier<Tenant>) {
        let chance = SymmetricKey(size: .init(bitCount: (Self.nameLength + Self.secretLength) * 8)).withUnsafeBytes { Data($0) }
        let body = chance + withUnsafeBytes(of: tenant.uuid.uuid) { Data($0) }
        text = Self.mark + Base64URL.encode(body + Self.checksum(body))
        self.tenant = tenant
    }

    /// Nil for anything that this type did not write.
    package init?(_ text: String) {
        let length = Self.nameLength + Self.secretLength + 16
        guard text.hasPrefix(Self.mark), let bytes = Base64URL.decode(text.dropFirst(Self.mark.count)),
            bytes.count == length + Self.checksumLength, Self.checksum(bytes.prefix(length)) == bytes.suffix(Self.checksumLength)
        else { return nil }
        self.text = text
        tenant = Identifier(bytes.prefix(length).suffix(16).withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) })
    }

    private static func checksum(_ bytes: Data) -> Data { Data(SHA256.hash(data: bytes).prefix(checksumLength)) }

    package var hash: Data { Data(SHA256.hash(data: Data(text.utf8))) }

    /// The id under which a standing is cached and dropped: half of the hash.
    var id: UUID { hash.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) } }

    /// The public name, by which people tell keys apart.
    var prefix: String { String(text.prefix(Self.mark.count + Self.nameLength * 4 / 3)) }
}
