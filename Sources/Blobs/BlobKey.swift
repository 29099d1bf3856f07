package import Foundation

/// Names a stored file: `tenant/year/id`, made only of UUIDs and a number, so no key can lead out of the store or into another tenant's part.
package struct BlobKey: Hashable, Sendable {
    package let tenant: UUID
    package let year: Int
    package let id: UUID

    /// A new key. Pass an id to use one of your own.
    package init(tenant: UUID, id: UUID = UUID(), at time: Date = Date()) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        self.tenant = tenant
        self.id = id
        year = min(max(calendar.component(.year, from: time), 1970), 9999)
    }

    /// Reads a key as `description` writes it; nil for anything else, however similar.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3,
            let tenant = UUID(uuidString: String(parts[0])),
            let year = Int(parts[1]), (1970...9999).contains(year),
            let id = UUID(uuidString: String(parts[2]))
        else { return nil }
        self.tenant = tenant
        self.year = year
        self.id = id
        guard description == text else { return nil }
    }
}

extension BlobKey: CustomStringConvertible {
    package var description: String {
        "\(tenant.uuidString.lowercased())/\(year)/\(id.uuidString.lowercased())"
    }
}

extension BlobKey: Codable {
    package init(from decoder: any Decoder) throws {
        let values = try decoder.singleValueContainer()
        guard let key = try BlobKey(values.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: values, debugDescription: "not a blob key")
        }
        self = key
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.singleValueContainer()
        try values.encode(description)
    }
}
