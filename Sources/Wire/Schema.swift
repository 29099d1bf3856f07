/// A JSON Schema (2020-12, as OpenAPI 3.1 uses it), made from a Swift type by `SchemaRecorder`.
package struct Schema: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        case string, integer, number, boolean, array, object
        case any = ""
    }

    package struct Property: Sendable, Hashable {
        package let name: String
        package let schema: Schema
        package let isRequired: Bool

        package init(name: String, schema: Schema, isRequired: Bool) {
            self.name = name
            self.schema = schema
            self.isRequired = isRequired
        }
    }

    package var kind: Kind
    package var format: String?
    package var pattern: String?
    package var allowed: [String] = []
    package var minimum: Int?
    package var maximum: Int?
    /// At most one element: the items of an array, or the values of a dictionary.
    package var element: [Schema] = []
    package var properties: [Property] = []
    package var isNullable = false
    /// The Swift type's name, if the type deserves a component of its own.
    package var name: String?
    package var example: JSON?
    /// The Swift type, with its module: `Applications.Interview.Kind`.
    package var type: String?
    /// What it means where it stands.
    package var description: String?
    /// What each of the allowed values means.
    package var meanings: [String: String] = [:]

    package init(
        _ kind: Kind,
        format: String? = nil,
        pattern: String? = nil,
        allowed: [String] = [],
        minimum: Int? = nil,
        maximum: Int? = nil,
        element: Schema? = nil,
        example: JSON? = nil
    ) {
        self.kind = kind
        self.format = format
        self.pattern = pattern
        self.allowed = allowed
        self.minimum = minimum
        self.maximum = maximum
        self.element = element.map { [$0] } ?? []
        self.example = example
    }
}

/// A type that declares its own schema, because its `init(from:)` is not the plain synthesized one.
package protocol SchemaProviding: Sendable {
    static var schema: Schema { get }
    /// Any valid value: replaces a bad field while the remaining fields are checked.
    static var placeholder: Self { get }
}

extension Schema {
    /// The schema of an object's member, or of an element of a list or dictionary; nil if there is none.
    package func member(_ name: String) -> Schema? { properties.first { $0.name == name }?.schema ?? element.first }

    package var json: JSON { json { $0.fullJSON(reference: $1) } }

    /// The schema as JSON; `reference` may replace a named schema by a `$ref`.
    package func json(reference: (Schema, (Schema) -> JSON) -> JSON) -> JSON {
        withoutActuallyEscaping(reference) { reference in
            func render(_ schema: Schema) -> JSON { reference(schema, render) }
            return render(self)
        }
    }

    package func fullJSON(reference render: (Schema) -> JSON) -> JSON {
        var members: [String: JSON] = [:]
        if kind != .any {
            members["type"] = isNullable ? [.string(kind.rawValue), "null"] : .string(kind.rawValue)
        }
        if let format { members["format"] = .string(format) }
        if let pattern { members["pattern"] = .string(pattern) }
        if !allowed.isEmpty { members["enum"] = .array(allowed.map { .string($0) } + (isNullable ? [.null] : [])) }
        if let minimum { members[minimumKeyword] = .integer(minimum) }
        if let maximum { members[maximumKeyword] = .integer(maximum) }
        if let words { members["description"] = .string(words) }
        if !meanings.isEmpty { members["x-enum-descriptions"] = .object(meanings.mapValues { .string($0) }) }
        if let example { members["examples"] = [example] }
        switch kind {
        case .array: members["items"] = element.first.map(render) ?? [:]
        case .object where !element.isEmpty: members["additionalProperties"] = element.first.map(render)
        case .object:
            members["properties"] = .object(
                Dictionary(properties.map { ($0.name, render($0.schema)) }, uniquingKeysWith: { first, _ in first })
            )
            let required = properties.filter(\.isRequired).map { JSON.string($0.name) }
            if !required.isEmpty { members["required"] = .array(required) }
            members["additionalProperties"] = false
        default: break
        }
        return .object(members)
    }

    /// The description with the bounds that the keywords state, and the values with their meanings if they are few.
    private var words: String? {
        guard var words = description else { return nil }
        switch (kind, minimum, maximum) {
        case (.string, nil, let most?), (.string, 0, let most?): words += " At most \(most) characters."
        case (.string, let least?, let most?): words += " \(least) to \(most) characters."
        case (.array, nil, let most?), (.array, 0, let most?): words += " At most \(most) entries."
        case (.array, let least?, let most?): words += " \(least) to \(most) entries."
        case (.integer, let least?, let most?): words += " \(least) to \(most)."
        case (.integer, let least?, nil): words += " At least \(least)."
        default: break
        }
        guard !meanings.isEmpty, allowed.count <= Self.mostListed else { return words }
        return words + allowed.map { "\n* `\($0)`: \(meanings[$0] ?? "")" }.joined()
    }

    private static let mostListed = 40

    private var minimumKeyword: String { kind == .string ? "minLength" : kind == .array ? "minItems" : "minimum" }
    private var maximumKeyword: String { kind == .string ? "maxLength" : kind == .array ? "maxItems" : "maximum" }
}
