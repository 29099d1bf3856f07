package import Foundation
package import Postgres

/// The id of one kind of entity: a UUIDv7 (RFC 9562 section 5.7), so ids made later sort later and inserts stay at the index's edge.
/// The type parameter is a tag: an application's id can't be passed where a job's is wanted.
package struct Identifier<Entity>: Hashable, Sendable {
    package let uuid: UUID

    package init(_ uuid: UUID) {
        self.uuid = uuid
    }

    package init?(_ text: some StringProtocol) {
        guard let uuid = UUID(uuidString: String(text)) else { return nil }
        self.uuid = uuid
    }

    /// A new id for this moment: 48 bits of Unix milliseconds, 12 of the millisecond's fraction (section 6.2, method 3), 62 random ones.
    package init() {
        let now = Date().timeIntervalSince1970 * 1000
        let milliseconds = UInt64(now)
        let fraction = UInt64((now - now.rounded(.down)) * 4096)
        let low = UInt64.random(in: .min ... .max)
        self.init(
            UUID(
                uuid: (
                    UInt8(truncatingIfNeeded: milliseconds >> 40), UInt8(truncatingIfNeeded: milliseconds >> 32),
                    UInt8(truncatingIfNeeded: milliseconds >> 24), UInt8(truncatingIfNeeded: milliseconds >> 16),
                    UInt8(truncatingIfNeeded: milliseconds >> 8), UInt8(truncatingIfNeeded: milliseconds),
                    0x70 | UInt8(truncatingIfNeeded: fraction >> 8) & 0x0F, UInt8(truncatingIfNeeded: fraction),
                    0x80 | UInt8(truncatingIfNeeded: low >> 56) & 0x3F, UInt8(truncatingIfNeeded: low >> 48),
                    UInt8(truncatingIfNeeded: low >> 40), UInt8(truncatingIfNeeded: low >> 32),
                    UInt8(truncatingIfNeeded: low >> 24), UInt8(truncatingIfNeeded: low >> 16),
                    UInt8(truncatingIfNeeded: low >> 8), UInt8(truncatingIfNeeded: low)
                )
            )
        )
    }

    /// The same entity under another tag, for the rare table that keys one kind by another's id.
    package func retagged<Other>(_ tag: Other.Type) -> Identifier<Other> {
        Identifier<Other>(uuid)
    }
}

extension Identifier: CustomStringConvertible, LosslessStringConvertible {
    package var description: String {
        let digits = StaticString("0123456789abcdef")
        return String(unsafeUninitializedCapacity: 36) { text in
            var position = 0
            withUnsafeBytes(of: uuid.uuid) { octets in
                for (index, octet) in octets.enumerated() {
                    if index == 4 || index == 6 || index == 8 || index == 10 {
                        text[position] = UInt8(ascii: "-")
                        position += 1
                    }
                    text[position] = digits.utf8Start[Int(octet >> 4)]
                    text[position + 1] = digits.utf8Start[Int(octet & 0xF)]
                    position += 2
                }
            }
            return position
        }
    }
}

extension Identifier: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let identifier = Identifier(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "Must be a UUID.")
        }
        self = identifier
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Identifier: SchemaProviding {
    package static var schema: Schema { Schema(.string, format: "uuid", example: .string("0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a11")) }
    package static var placeholder: Self { Identifier(UUID(uuid: (0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 0))) }
}

extension Identifier: SQLEncodable {
    package var sqlValue: SQLValue { uuid.sqlValue }
}

extension Identifier: SQLDecodable {
    package static func decode(_ text: UnsafeBufferPointer<UInt8>) -> Self? { UUID.decode(text).map(Self.init) }
}
