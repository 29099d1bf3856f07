import Foundation
import Kernel
import Testing

@testable import Secrets

@Suite struct KeyRingTests {
    private static func key(_ byte: UInt8) -> String { Data(repeating: byte, count: 32).base64EncodedString() }

    private let place = SecretPlace(tenant: Identifier(), table: "channels", row: UUID(), name: "token")
    private let secret = Array("xoxb-secret".utf8)

    @Test func `what is encrypted can be decrypted, and encrypting twice looks different`() throws {
        let ring = try KeyRing("b:\(Self.key(2)), a:\(Self.key(1))")
        let sealed = try ring.seal(secret, at: place)
        #expect(sealed.key == "b" && ring.ids == ["b", "a"])
        #expect(try ring.open(sealed, at: place) == secret)
        #expect(try ring.seal(secret, at: place) != sealed)
        #expect(!String(decoding: sealed.bytes, as: UTF8.self).contains("xoxb"))
        #expect(sealed.bytes.count == secret.count + 28)
    }

    @Test func `it can be decrypted only at its own place`() throws {
        let ring = try KeyRing("a:\(Self.key(1))")
        let sealed = try ring.seal(secret, at: place)
        let others = [
            SecretPlace(tenant: Identifier(), table: place.table, row: place.row, name: place.name),
            SecretPlace(tenant: place.tenant, table: "calendars", row: place.row, name: place.name),
            SecretPlace(tenant: place.tenant, table: place.table, row: UUID(), name: place.name),
            SecretPlace(tenant: place.tenant, table: place.table, row: place.row, name: "other"),
        ]
        for other in others {
            #expect(throws: SecretError.cannotBeOpened(key: "a")) { try ring.open(sealed, at: other) }
        }
        let (left, right) = (
            SecretPlace(tenant: place.tenant, table: "ab", row: place.row, name: "c"),
            SecretPlace(tenant: place.tenant, table: "a", row: place.row, name: "bc")
        )
        #expect(left.authenticated != right.authenticated)
    }

    @Test func `no byte of it can be changed`() throws {
        let ring = try KeyRing("a:\(Self.key(1))")
        let sealed = try ring.seal(secret, at: place)
        for index in sealed.bytes.indices {
            var bytes = sealed.bytes
            bytes[index] ^= 1
            #expect(throws: SecretError.cannotBeOpened(key: "a")) { try ring.open(SealedSecret(key: "a", bytes: bytes), at: place) }
        }
        for count in 0..<sealed.bytes.count {
            let short = SealedSecret(key: "a", bytes: Array(sealed.bytes.prefix(count)))
            #expect(throws: SecretError.cannotBeOpened(key: "a")) { try ring.open(short, at: place) }
        }
    }

    @Test func `without its key it can't be decrypted`() throws {
        let sealed = try KeyRing("a:\(Self.key(1))").seal(secret, at: place)
        let other = try KeyRing("b:\(Self.key(1))")
        #expect(throws: SecretError.keyMissing("a")) { try other.open(sealed, at: place) }
        let namesake = try KeyRing("a:\(Self.key(9))")
        #expect(throws: SecretError.cannotBeOpened(key: "a")) { try namesake.open(sealed, at: place) }
    }

    @Test(arguments: [
        "", ",", "a", "a:", ":\(key(1))", "a:short", "a:\(Data(repeating: 1, count: 31).base64EncodedString())", "a b:\(key(1))",
        "a:\(key(1)),a:\(key(2))", "a:\(key(1)),b", "a:b:\(key(1))",
    ])
    func `an invalid key ring is refused without showing it`(_ text: String) {
        let problem = #expect(throws: KeyRing.Problem.self) { try KeyRing(text) }
        #expect(problem?.description.contains(Self.key(1)) == false)
    }
}
