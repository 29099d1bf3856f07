package import Foundation
package import Postgres

/// Whom or what an erasure takes out: people with all that is theirs, or some of their things alone.
package struct ErasureSubject: Codable, Sendable, Hashable {
    package let tenant: Identifier<Tenant>
    /// Several where they are one person; none where only things of a person go.
    package let people: [UUID]
    /// What is theirs, such as applications and resumes.
    package private(set) var things: [UUID]
    /// Their addresses, numbers and names, as others' texts may say them.
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

/// What a table holds of persons and what an erasure makes of it. A table with a person in it and no such word fails a test.
/// In its conditions the table is `t`; that the rows are the tenant's goes without saying.
package struct PersonalTable: Sendable {
    package typealias Whose = @Sendable (ErasureSubject) -> SQL

    package enum Part: Sendable {
        /// The rows are one person's and go.
        case deleted(Whose)
        /// The rows stay, without what is personal in them.
        case replaced([Replacement], Whose)
        /// Anybody's rows may speak of the person here.
        case searched([SearchedColumn])
        /// Ids of people that stay: once a person is erased, theirs leads to nothing.
        case references([StaticString])
        /// Looks personal, and says nothing about anybody.
        case impersonal([StaticString])
    }

    package let name: StaticString
    package let parts: [Part]
    /// What the ids of these rows are found by, for others' texts about them.
    package private(set) var things: Whose?
    /// Texts by which others may name a person, each an expression, and whose they are.
    package private(set) var words: (expressions: [StaticString], whose: Whose)?
    /// Which rows are the tenant's, where no column says it.
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

/// A column and what stands in it afterwards.
package struct Replacement: Sendable {
    package let column: StaticString
    package let value: SQL
    /// The column names a file, which goes first.
    package private(set) var isFile = false

    /// The mark, where anything stood.
    package static func mark(_ column: StaticString) -> Replacement {
        Replacement(column: column, value: "CASE WHEN t.\(raw: column) IS NOT NULL THEN '[erased]' END")
    }

    package static func null(_ column: StaticString) -> Replacement { Replacement(column: column, value: "NULL") }

    package static func value(_ column: StaticString, _ value: SQL) -> Replacement { Replacement(column: column, value: value) }

    package static func file(_ column: StaticString, _ value: SQL = "NULL") -> Replacement {
        Replacement(column: column, value: value, isFile: true)
    }
}

/// A column in which anybody's words may speak of a person.
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

/// What of an event's payload is personal, and whose.
package struct PersonalPart: Sendable {
    package enum Owner: Sendable, Hashable {
        /// The path of the id of a person or of a thing of theirs: `application.id`.
        case named(String)
        /// Who did it.
        case actor
        /// JSON of any shape, in which anybody may be named.
        case anybody
        case nobody
    }

    package let owner: Owner
    /// The paths of what is replaced, with all beneath them.
    package let fields: [String]

    private init(_ owner: Owner, _ fields: [String]) {
        self.owner = owner
        self.fields = fields
    }

    package init(of path: String, _ fields: [String]) { self.init(.named(path), fields) }

    package static func actors(_ fields: String...) -> PersonalPart { PersonalPart(.actor, fields) }

    package static func searched(_ fields: String...) -> PersonalPart { PersonalPart(.anybody, fields) }

    /// Looks personal, and says nothing about anybody.
    package static func impersonal(_ fields: String...) -> PersonalPart { PersonalPart(.nobody, fields) }
}

/// What stands where something personal stood.
package enum Erased {
    package static let mark = "[erased]"
}
