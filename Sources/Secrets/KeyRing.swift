import Crypto
import Foundation

/// The keys that secrets are encrypted with: the first encrypts, all of them decrypt, so that a new one can take over while the old one is
/// still needed.
package struct KeyRing: Sendable {
    package struct Problem: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// Known to everybody who reads this program: only for trying it out.
    package static let development = KeyRing(
        keys: [Key(id: "development", key: SymmetricKey(data: SHA256.hash(data: Data("development".utf8))))]
    )

    fileprivate struct Key: Sendable {
        let id: String
        let key: SymmetricKey
    }

    private let keys: [Key]

    private init(keys: [Key]) { self.keys = keys }

    /// `2026b:base64,2026a:base64`: an id and 32 bytes each, the one that encrypts first.
    package init(_ text: String) throws(Problem) {
        var keys: [Key] = []
        for entry in text.split(separator: ",").map({ $0.trimmingCharacters(in: .whitespaces) }) {
            let parts = entry.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            // The entry itself is never shown: it holds a key.
            guard parts.count == 2, parts[0].wholeMatch(of: /[A-Za-z0-9_-]{1,32}/) != nil else {
                throw Problem(description: "Each key is written as id:base64, and its id is 1 to 32 letters and digits.")
            }
            let id = String(parts[0])
            guard let bytes = Data(base64Encoded: String(parts[1])), bytes.count == 32 else {
                throw Problem(description: "The key '\(id)' must be 32 bytes in base64.")
            }
            guard !keys.contains(where: { $0.id == id }) else { throw Problem(description: "There are two keys '\(id)'.") }
            keys.append(Key(id: id, key: SymmetricKey(data: bytes)))
        }
        guard !keys.isEmpty else { throw Problem(description: "It holds no key.") }
        self.keys = keys
    }

    /// The key that encrypts.
    package var current: String { keys[0].id }
    package var ids: [String] { keys.map(\.id) }

    package func seal(_ secret: [UInt8], at place: SecretPlace) throws(SecretError) -> SealedSecret {
        // With a random nonce of 12 bytes a key is good for 2^32 secrets (NIST SP 800-38D, 8.3).
        let box = try? AES.GCM.seal(Data(secret), using: keys[0].key, authenticating: place.authenticated)
        guard let bytes = box?.combined else { throw .cannotBeSealed(key: current) }
        return SealedSecret(key: current, bytes: Array(bytes))
    }

    package func open(_ sealed: SealedSecret, at place: SecretPlace) throws(SecretError) -> [UInt8] {
        guard let key = keys.first(where: { $0.id == sealed.key }) else { throw .keyMissing(sealed.key) }
        do {
            return Array(try AES.GCM.open(.init(combined: sealed.bytes), using: key.key, authenticating: place.authenticated))
        } catch {
            throw .cannotBeOpened(key: sealed.key)
        }
    }
}

/// What is stored: the nonce, the secret under AES-256-GCM and the tag, and the id of its key.
package struct SealedSecret: Sendable, Equatable {
    package let key: String
    package let bytes: [UInt8]

    package init(key: String, bytes: [UInt8]) {
        self.key = key
        self.bytes = bytes
    }
}

package enum SecretError: Error, Equatable, Sendable, CustomStringConvertible {
    case keyMissing(String)
    case cannotBeSealed(key: String)
    /// Another key with the same id, a row that was moved, or bytes that somebody changed.
    case cannotBeOpened(key: String)

    package var description: String {
        switch self {
        case .keyMissing(let id): "The secret is encrypted with the key '\(id)', which TENURE_SECRET_KEYS does not have."
        case .cannotBeSealed(let id): "The key '\(id)' can't encrypt."
        case .cannotBeOpened(let id): "The secret can't be decrypted with the key '\(id)': it was changed, or it belongs to another row."
        }
    }
}
