import Foundation
package import Kernel

/// A name for a profile: letters, digits, dots, dashes and underscores, kept in lower case.
struct Username: ParsedText {
    let value: String

    init(_ value: String) throws(FieldProblem) {
        let value = value.trimmingCharacters(in: .newlines).lowercased()
        guard value.wholeMatch(of: /[a-z0-9][a-z0-9._-]{1,49}/) != nil else {
            throw FieldProblem("Must have from 2 to 50 letters, digits, dots, dashes or underscores.")
        }
        self.value = value
    }

    static let schema = Schema(.string, pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{1,49}$", minimum: 2, maximum: 50, example: "ada.lovelace")
    static let placeholder = Self(unchecked: "ada")
    private init(unchecked: String) { value = unchecked }
}

/// A telephone number: an optional + and 5 to 15 digits (ITU-T E.164 allows no more), kept without separators.
package struct PhoneNumber: ParsedText {
    package let value: String

    package init(_ value: String) throws(FieldProblem) {
        let compact = value.filter { !" -./()\n".contains($0) }
        guard value.count <= 40, compact.wholeMatch(of: /\+?[0-9]{5,15}/) != nil else { throw FieldProblem("Must be a phone number.") }
        self.value = compact
    }

    package static let schema = Schema(
        .string,
        pattern: "^[ ./()-]*[+]?[ ./()-]*[0-9](?:[ ./()-]*[0-9]){4,14}[ ./()-]*$",
        maximum: 40,
        example: "+49 40 1234567"
    )
    package static let placeholder = Self(unchecked: "+49401234567")
    private init(unchecked: String) { value = unchecked }
}

/// A language tag (BCP 47) in its usual forms: `de`, `pt-BR`, `zh-Hant-TW`.
package struct LocaleCode: ParsedText {
    package let value: String

    package init(_ value: String) throws(FieldProblem) {
        let value = value.trimmingCharacters(in: .newlines)
        guard value.wholeMatch(of: /[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}/) != nil else {
            throw FieldProblem("Must be a language tag such as en-GB.")
        }
        self.value = value
    }

    package static let schema = Schema(.string, pattern: "^[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,3}$", maximum: 30, example: "en-GB")
    package static let placeholder = Self(unchecked: "en-GB")
    private init(unchecked: String) { value = unchecked }
}

/// A time zone by its name in the IANA database.
package struct TimeZoneName: ParsedText {
    private static let known = Set(TimeZone.knownTimeZoneIdentifiers + ["UTC"])

    package let value: String

    package init(_ value: String) throws(FieldProblem) {
        guard Self.known.contains(value) else { throw FieldProblem("Must be a time zone such as Europe/Berlin.") }
        self.value = value
    }

    package static let schema = Schema(.string, allowed: known.sorted(), example: "Europe/Berlin")
    package static let placeholder = Self(unchecked: "UTC")
    private init(unchecked: String) { value = unchecked }
}

/// A text that is parsed when it is decoded, and encoded in its parsed form.
package protocol ParsedText: Codable, SchemaProviding {
    var value: String { get }
    init(_ value: String) throws(FieldProblem)
}

extension ParsedText {
    package init(from decoder: any Decoder) throws { try self.init(decoder.singleValueContainer().decode(String.self)) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}
