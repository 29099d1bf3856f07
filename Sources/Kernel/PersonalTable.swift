package import Foundation
package import Postgres

/// What an erasure covers: people with everything that is theirs, or only some of their things.
package struct ErasureSubject: Codable, Sendable, Hashable {
    package let tenant: Identifier<Tenant>
    /// Several if they are one person; none if only things of a person are erased.
    package let people: [UUID]
    /// Their things, such as applications and resumes.
    package private(set) var things: [UUID]
    /// Their addresses, numbers and names, as other people's texts may mention them.
    package private(set) var words: [String]

    package init(tenant: Identifier<Tenant>, people: [UUID], things: [UUID] = [], words: [String] = []) {
        self.tenant = tenant
        self.people = people
        self.things = things
        self.words = words
    }

    package mutating func add(things: [UUID], words: [String]) {
        self.things = Array(Set(self.things + things)).sorted { $0.uuidString < $1.uuidString }
        self.words = Array(Set(self.words + words)).sorted()
    }

    package var ids: [UUID] { people + things }
}

/// What a table holds about people and what an erasure does with it. A table that concerns people without such a declaration fails a test.
/// In its conditions the table is called `t`; the condition on the tenant is implied.
package struct PersonalTable: Sendable {
    package typealias Whose = @Sendable (ErasureSubject) -> SQL

    package enum Part: Sendable {
        /// The rows belong to one person and are deleted.
        case deleted(Whose)
        /// The rows stay, without their personal parts.
        case replaced([Replacement], Whose)
        /// Any row may mention the person in these columns.
        case searched([SearchedColumn])
        /// Ids of people, which stay: after an erasure they lead to nothing.
        case references([StaticString])
        /// Looks personal but says nothing about anybody.
        case impersonal([StaticString])
    }

    package let name: StaticString
    package let parts: [Part]
    /// Which rows to take ids from, to find other people's texts about them.
    package private(set) var things: Whose?
    /// Expressions for texts by which others may mention a person, and whose they are.
    package private(set) var words: (expressions: [StaticString], whose: Whose)?
    /// Which rows belong to the tenant, if no column says so.
    package private(set) var tenancy: Whose?

    package init(_ name: StaticString, _ parts: Part...) {
        self.name = name
        self.parts = parts
    }

    package func things(_ whose: @escaping Whose) -> PersonalTable {
        var table = self
        table.things = whose
        return table
    }

    package func words(_ expressions: [StaticString], _ whose: @escaping Whose) -> PersonalTable {
        var table = self
        table.words = (expressions, whose)
        return table
    }

    package func tenancy(_ whose: @escaping Whose) -> PersonalTable {
        var table = self
        table.tenancy = whose
        return table
    }
}

/// A column and its value afterwards.
package struct Replacement: Sendable {
    package let column: StaticString
    package let value: SQL
    /// The column names a file, which is deleted first.
    package private(set) var isFile = false

    /// The mark, if there was a value.
    package static func mark(_ column: StaticString) -> Replacement {
        Replacement(column: column, value: "CASE WHEN t.\(raw: column) IS NOT NULL THEN '[erased]' END")
    }

    package static func null(_ column: StaticString) -> Replacement { Replacement(column: column, value: "NULL") }

    package static func value(_ column: StaticString, _ value: SQL) -> Replacement { Replacement(column: column, value: value) }

    package static func file(_ column: StaticString, _ value: SQL = "NULL") -> Replacement {
        Replacement(column: column, value: value, isFile: true)
    }
}

/// A column in which anybody may have written about a person.
package struct SearchedColumn: Sendable {
    package enum Form: Sendable {
        case text, texts, json, jsonb, bytes
    }

    package let name: StaticString
    package let form: Form

    package static func text(_ name: StaticString) -> SearchedColumn { SearchedColumn(name: name, form: .text) }
    package static func texts(_ name: StaticString) -> SearchedColumn { SearchedColumn(name: name, form: .texts) }
    package static func json(_ name: StaticString) -> SearchedColumn { SearchedColumn(name: name, form: .json) }
    package static func jsonb(_ name: StaticString) -> SearchedColumn { SearchedColumn(name: name, form: .jsonb) }
    /// JSON as bytes.
    package static func bytes(_ name: StaticString) -> SearchedColumn { SearchedColumn(name: name, form: .bytes) }
}

/// Which parts of an event's payload are personal, and whose.
package struct PersonalPart: Sendable {
    package enum Owner: Sendable, Hashable {
        /// The path of the id of a person or of one of their things: `application.id`.
        case named(String)
        /// Who did it.
        case actor
        /// JSON of any shape, which may mention anybody.
        case anybody
        case nobody
    }

    package let owner: Owner
    /// The paths that are replaced, with everything below them.
    package let fields: [String]

    private init(_ owner: Owner, _ fields: [String]) {
        self.owner = owner
        self.fields = fields
    }

    package init(of path: String, _ fields: [String]) { self.init(.named(path), fields) }

    package static func actors(_ fields: String...) -> PersonalPart { PersonalPart(.actor, fields) }

    package static func searched(_ fields: String...) -> PersonalPart { PersonalPart(.anybody, fields) }

    /// Looks personal but says nothing about anybody.
    package static func impersonal(_ fields: String...) -> PersonalPart { PersonalPart(.nobody, fields) }
}

/// What replaces personal values.
package enum Erased {
    package static let mark = "[erased]"
}
