package import Kernel
package import Postgres

/// A tenant's short name, which people use when they sign in.
package struct TenantCode: Sendable, Hashable {
    package let value: String

    package init(_ value: String) throws(FieldProblem) {
        guard value.wholeMatch(of: /[a-z0-9][a-z0-9-]{0,38}[a-z0-9]/) != nil else {
            throw FieldProblem("Must be 2 to 40 lower-case letters, digits and hyphens, with no hyphen at either end.")
        }
        self.value = value
    }

    private init(unchecked value: String) { self.value = value }
}

extension TenantCode: Codable, SchemaProviding, SQLEncodable {
    package init(from decoder: any Decoder) throws { try self.init(decoder.singleValueContainer().decode(String.self)) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    package static var schema: Schema { Schema(.string, minimum: 2, maximum: 40, example: "acme") }
    package static var placeholder: Self { Self(unchecked: "acme") }
    package var sqlValue: SQLValue { value.sqlValue }
}

/// A host name that leads to a tenant. It has a dot, so it is never another tenant's code.
package struct HostName: Sendable, Hashable {
    package let value: String

    package init(_ value: String) throws(FieldProblem) {
        guard let name = HostText.dotted(value) else { throw FieldProblem("Must be a host name such as jobs.example.com.") }
        self.value = name
    }

    private init(unchecked value: String) { self.value = value }
}

extension HostName: Codable, SchemaProviding, SQLEncodable {
    package init(from decoder: any Decoder) throws { try self.init(decoder.singleValueContainer().decode(String.self)) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    package static var schema: Schema { Schema(.string, format: "hostname", maximum: 253, example: "jobs.example.com") }
    package static var placeholder: Self { Self(unchecked: "jobs.example.com") }
    package var sqlValue: SQLValue { value.sqlValue }
}
