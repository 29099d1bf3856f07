import Foundation

/// Non-empty text of at most `limit` characters, trimmed, without control characters other than line breaks and tabs: parsed once, here.
package struct Text<let limit: Int>: Sendable, Hashable {
    package let value: String

    package init(_ value: String) throws(FieldProblem) {
        let trimmed = Self.trimmed(value)
        guard !trimmed.isEmpty else { throw FieldProblem("Must not be empty.") }
        guard Self.fits(trimmed) else { throw FieldProblem("Must have at most \(limit) characters.") }
        guard !trimmed.utf8.contains(where: Self.isForbidden) else { throw FieldProblem("Must not contain control characters.") }
        self.value = trimmed
    }

    private static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.first, let last = scalars.last, isBlank(first) || isBlank(last) else { return text }
        guard let start = scalars.firstIndex(where: { !isBlank($0) }), let end = scalars.lastIndex(where: { !isBlank($0) }) else {
            return ""
        }
        return String(scalars[start...end])
    }

    /// White space, and the zero-width space, which is invisible too.
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace || scalar == "\u{200B}" }

    /// A character may be any number of code points; a family of four is seven, and ordinary text averages about one.
    private static func fits(_ text: String) -> Bool {
        text.utf8.count <= limit || text.unicodeScalars.count <= 10 * limit && text.count <= limit
    }

    /// A constant of the program's own, whose length the author can see.
    package static func constant(_ value: StaticString) -> Self { Self(unchecked: String(describing: value)) }

    private static func isForbidden(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != 0x0A && byte != 0x0D && byte != 0x09 || byte == 0x7F
    }
}

extension Text: Codable, SchemaProviding {
    package init(from decoder: any Decoder) throws { try self.init(decoder.singleValueContainer().decode(String.self)) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    package static var schema: Schema { Schema(.string, pattern: textPattern, minimum: 1, maximum: limit) }
    package static var placeholder: Self { Self(unchecked: "-") }
    private init(unchecked: String) { value = unchecked }
}

/// Something visible, and no control characters except tabs and line breaks.
private let textPattern =
    #"^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*[^\s\x00-\x1F\x7F][^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*$"#

/// A whole number from `low` to `high`.
package struct Bounded<let low: Int, let high: Int>: Sendable, Hashable {
    package let value: Int

    package init(_ value: Int) throws(FieldProblem) {
        guard value >= low, value <= high else { throw FieldProblem("Must be from \(low) to \(high).") }
        self.value = value
    }
}

extension Bounded: Codable, SchemaProviding {
    package init(from decoder: any Decoder) throws { try self.init(decoder.singleValueContainer().decode(Int.self)) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    package static var schema: Schema { Schema(.integer, minimum: low, maximum: high) }
    package static var placeholder: Self { Self(unchecked: low) }
    private init(unchecked: Int) { value = unchecked }
}

/// A number in a sequence: from 0, and below 2^53, which every JSON reader holds exactly.
package struct SequenceNumber: Codable, Sendable, Hashable, SchemaProviding {
    package static let most = 9_007_199_254_740_991

    package let value: Int

    private init(unchecked value: Int) { self.value = value }

    package init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(Int.self)
        guard (0...Self.most).contains(value) else { throw FieldProblem("Must be from 0 to \(Self.most).") }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    package static var schema: Schema { Schema(.integer, minimum: 0, maximum: most) }
    package static var placeholder: Self { Self(unchecked: 0) }
}

/// At most `limit` elements.
package struct List<Element: Codable & Sendable, let limit: Int>: Sendable, Codable {
    package let elements: [Element]

    package init(_ elements: [Element]) throws(FieldProblem) {
        guard elements.count <= limit else { throw FieldProblem("Must have at most \(limit) entries.") }
        self.elements = elements
    }

    package init(from decoder: any Decoder) throws { try self.init([Element](from: decoder)) }
    package func encode(to encoder: any Encoder) throws { try elements.encode(to: encoder) }

    /// A list of the same length with each element transformed.
    package func map(_ transform: (Element) -> Element) -> Self { Self(unchecked: elements.map(transform)) }
}

extension List: SchemaProviding {
    package static var schema: Schema { Schema(.array, maximum: limit, element: SchemaRecorder.schema(of: Element.self)) }
    package static var placeholder: Self { Self(unchecked: []) }
    private init(unchecked: [Element]) { elements = unchecked }
}

/// At least one element, and at most `limit`.
package struct FilledList<Element: Codable & Sendable, let limit: Int>: Sendable, Codable {
    package let elements: [Element]

    package init(_ elements: [Element]) throws(FieldProblem) {
        guard !elements.isEmpty else { throw FieldProblem("Must have at least one entry.") }
        guard elements.count <= limit else { throw FieldProblem("Must have at most \(limit) entries.") }
        self.elements = elements
    }

    package init(from decoder: any Decoder) throws { try self.init([Element](from: decoder)) }
    package func encode(to encoder: any Encoder) throws { try elements.encode(to: encoder) }
}

extension FilledList: SchemaProviding {
    package static var schema: Schema { Schema(.array, minimum: 1, maximum: limit, element: SchemaRecorder.schema(of: Element.self)) }
    package static var placeholder: Self { Self(unchecked: []) }
    private init(unchecked: [Element]) { elements = unchecked }
}

/// An e-mail address, kept in lower case, its host as DNS has it: `Info@Müller.example` is `info@xn--mller-kva.example`.
package struct EmailAddress: Sendable, Hashable {
    package let value: String

    /// What mail servers take: the atoms of RFC 5321 with single dots between them, and a dotted host. Quoted names and literal addresses are
    /// slips here.
    package init(_ value: String) throws(FieldProblem) {
        let value = value.trimmingCharacters(in: .whitespaces)
        let atoms = /[a-z0-9!#$%&'*+\/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+\/=?^_`{|}~-]+)*/
        guard value.utf8.count <= 1000, let at = value.lastIndex(of: "@") else { throw FieldProblem("Must be an e-mail address.") }
        let name = value[..<at].lowercased()
        guard name.utf8.count <= 64, name.wholeMatch(of: atoms) != nil, let host = HostText.dotted(value[value.index(after: at)...]),
            name.utf8.count + 1 + host.utf8.count <= 254
        else { throw FieldProblem("Must be an e-mail address.") }
        self.value = "\(name)@\(host)"
    }

    /// Without the tag that many mail servers ignore (`ada+jobs@` becomes `ada@`): for counting what one person is sent.
    package var mailbox: String {
        guard let at = value.lastIndex(of: "@"), let plus = value.firstIndex(of: "+"), plus < at, plus > value.startIndex else {
            return value
        }
        return String(value[..<plus] + value[at...])
    }
}

extension EmailAddress: Codable, SchemaProviding {
    package init(from decoder: any Decoder) throws { try self.init(decoder.singleValueContainer().decode(String.self)) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    package static var schema: Schema { Schema(.string, format: "email", maximum: 254, example: "ada@example.com") }
    package static var placeholder: Self { Self(unchecked: "a@example.com") }
    private init(unchecked: String) { value = unchecked }
}

/// A field of a merge patch (RFC 7396): left out, set to null, or set to a value.
package enum Patch<Value: Codable & Sendable>: Sendable {
    case absent
    case null
    case value(Value)

    package var isPresent: Bool {
        if case .absent = self { false } else { true }
    }

    /// What to store, given the current value.
    package func value(or current: Value?) -> Value? { value(or: current) { $0 } }

    /// Whether storing it would make a difference.
    package func changes(_ current: Value?) -> Bool where Value: Equatable { value(or: current) != current }

    package func changes<Stored: Equatable>(_ current: Stored?, as stored: (Value) -> Stored) -> Bool {
        value(or: current, as: stored) != current
    }

    /// Like `value(or:)`, if it is stored as a simpler type.
    package func value<Stored>(or current: Stored?, as stored: (Value) -> Stored) -> Stored? {
        switch self {
        case .absent: current
        case .null: nil
        case .value(let value): stored(value)
        }
    }
}

extension Patch: Codable, AbsenceDecodable, SchemaProviding {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        self = container.decodeNil() ? .null : .value(try container.decode(Value.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .absent, .null: try container.encodeNil()
        case .value(let value): try container.encode(value)
        }
    }

    package static var schema: Schema {
        var schema = SchemaRecorder.schema(of: Value.self)
        schema.isNullable = true
        return schema
    }
    package static var placeholder: Self { .absent }
}

/// A type that has a value for an absent field.
package protocol AbsenceDecodable {
    static var absent: Self { get }
}

/// What is wrong with one field, without naming types.
package struct FieldProblem: Error {
    package let message: String
    package init(_ message: String) { self.message = message }
}

/// The version that the caller last saw, from the `If-Match` header. An operation whose input has one compares it under lock.
package struct ExpectedVersion: Sendable, Hashable, Codable {
    package let value: Int

    package init(_ value: Int) { self.value = value }
}

/// A file that came with a multipart request, already on disk; it is removed after the request.
package struct UploadedFile: Sendable, Codable {
    package let path: String
    package let name: String
    package let mediaType: String
    package let size: Int

    package init(path: String, name: String, mediaType: String, size: Int) {
        self.path = path
        self.name = name
        self.mediaType = mediaType
        self.size = size
    }
}

extension UploadedFile: SchemaProviding {
    package static var schema: Schema { Schema(.string, format: "binary") }
    package static var placeholder: Self { UploadedFile(path: "", name: "", mediaType: "", size: 0) }
}

extension ExpectedVersion: SchemaProviding {
    package static var schema: Schema { Schema(.string, format: "etag") }
    package static var placeholder: Self { ExpectedVersion(0) }
}
