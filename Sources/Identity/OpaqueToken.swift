package import Crypto
package import Foundation
package import Kernel

/// A token that means nothing to its holder: a prefix saying what it is for, the tenant, so that no lookup crosses tenants, and 32 secret
/// bytes. Only its hash is stored.
package struct OpaqueToken: Sendable, Hashable {
    package enum Purpose: String, Sendable {
        case refresh = "rt_"
        /// For a reset, or for an invitation, which lets its holder choose a password if the account has none of theirs.
        case passwordReset = "pr_"
        case confirmation = "ve_"
        /// For a guest's answer to one interview.
        case interview = "iv_"
        case addressChange = "ec_"
    }

    package let text: String
    package let tenant: Identifier<Tenant>

    package init(_ purpose: Purpose, tenant: Identifier<Tenant>) {
        let secret = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        self.init(purpose, tenant: tenant, secret: secret)
    }

    /// The token derived from a key and an id: deriving it again gives the same one.
    package init(_ purpose: Purpose, tenant: Identifier<Tenant>, derivedFrom key: SymmetricKey, id: String) {
        let secret = HMAC<SHA256>.authenticationCode(for: Data("\(purpose.rawValue)\(tenant)\(id)".utf8), using: key)
        self.init(purpose, tenant: tenant, secret: Data(secret))
    }

    /// Nil for anything that this type did not write.
    package init?(_ text: String, _ purpose: Purpose) {
        guard text.hasPrefix(purpose.rawValue), let bytes = Base64URL.decode(text.dropFirst(purpose.rawValue.count)), bytes.count == 48
        else { return nil }
        self.text = text
        tenant = Identifier(bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) })
    }

    private init(_ purpose: Purpose, tenant: Identifier<Tenant>, secret: Data) {
        var bytes = withUnsafeBytes(of: tenant.uuid.uuid) { Data($0) }
        bytes.append(secret)
        text = purpose.rawValue + Base64URL.encode(bytes)
        self.tenant = tenant
    }

    package var hash: Data { Data(SHA256.hash(data: Data(text.utf8))) }

    /// Encrypts a text so that only the holder of this token can read it.
    package func seal(_ other: String) throws -> Data {
        try ChaChaPoly.seal(Data(other.utf8), using: sealingKey).combined
    }

    package func open(_ sealed: Data) throws -> String {
        String(decoding: try ChaChaPoly.open(ChaChaPoly.SealedBox(combined: sealed), using: sealingKey), as: UTF8.self)
    }

    private var sealingKey: SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: SymmetricKey(data: Data(text.utf8)), info: Data("seal".utf8), outputByteCount: 32)
    }
}

/// Base64 with the URL and file name safe alphabet, without padding (RFC 4648 section 5).
package enum Base64URL {
    package static func encode(_ bytes: Data) -> String {
        bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    package static func decode(_ text: some StringProtocol) -> Data? {
        let standard = String(text).replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: standard + String(repeating: "=", count: (4 - standard.count % 4) % 4))
    }
}
