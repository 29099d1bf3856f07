package import Wire

/// What the names in the API mean, in words for its document. A line is `name | sentence`: `ApplicationView.stageId` for a type's property,
/// `stageId` for the property of every type that has no line of its own, `Interview.Kind.panel` for a value of an enumeration.
package struct Glossary: Sendable {
    private var sentences: [String: String] = [:]

    package init() {}

    package init(_ text: String) {
        for line in text.split(separator: "\n") {
            let sides = line.split(separator: "|", maxSplits: 1)
            guard sides.count == 2 else { continue }
            sentences[sides[0].trimmingWhitespace] = sides[1].trimmingWhitespace
        }
    }

    package mutating func merge(_ other: Glossary) {
        sentences.merge(other.sentences) { first, _ in first }
    }

    package func merging(_ other: Glossary) -> Glossary {
        var merged = self
        merged.merge(other)
        return merged
    }

    /// What a property means; `type` is the name by which a schema knows its type.
    package func property(_ name: String, of type: String?) -> String? {
        type.flatMap { sentences["\(Self.withoutModule($0)).\(name)"] } ?? sentences[name]
    }

    /// What a value of an enumeration means. A `*` in place of the value stands for all of them.
    package func value(_ value: String, of type: String?) -> String? {
        guard let type = type.map(Self.withoutModule) else { return nil }
        return sentences["\(type).\(value)"] ?? sentences["\(type).*"]?.replacing("%", with: value)
    }

    /// The schema with the words for everything in it.
    package func described(_ schema: Schema) -> Schema {
        var schema = schema
        schema.element = schema.element.map(described)
        schema.properties = schema.properties.map { property in
            var inner = described(property.schema)
            inner.description = self.property(property.name, of: schema.type)
            return .init(name: property.name, schema: inner, isRequired: property.isRequired)
        }
        for value in schema.allowed { schema.meanings[value] = self.value(value, of: schema.type) }
        return schema
    }

    /// What nothing is said about: `Applications.OfferView.startsOn`.
    package func missing(in schema: Schema) -> Set<String> {
        var missing: Set<String> = []
        for element in schema.element { missing.formUnion(self.missing(in: element)) }
        for property in schema.properties {
            if self.property(property.name, of: schema.type) == nil { missing.insert("\(schema.type ?? "").\(property.name)") }
            missing.formUnion(self.missing(in: property.schema))
        }
        for value in schema.allowed where self.value(value, of: schema.type) == nil { missing.insert("\(schema.type ?? "").\(value)") }
        return missing
    }

    private static func withoutModule(_ type: String) -> String {
        type.firstIndex(of: ".").map { String(type[type.index(after: $0)...]) } ?? type
    }
}

extension Substring {
    fileprivate var trimmingWhitespace: String {
        var text = drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
