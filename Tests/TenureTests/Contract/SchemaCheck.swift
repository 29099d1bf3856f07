import Foundation
import Kernel

extension Schema {
    /// How a value differs from the schema, each with its path. A small JSON Schema validator for what `Schema` can express.
    func problems(with value: JSON, at path: String = "data") -> [String] {
        if kind == .any { return [] }
        if value.isNull { return isNullable ? [] : ["\(path) is null"] }
        switch (kind, value) {
        case (.string, .string(let text)): return stringProblems(text, path)
        case (.integer, .integer(let number)): return rangeProblems(Double(number), path)
        case (.number, .integer(let number)): return rangeProblems(Double(number), path)
        case (.number, .number(let number)): return rangeProblems(number, path)
        case (.boolean, .bool): return []
        case (.array, .array(let elements)): return arrayProblems(elements, path)
        case (.object, .object(let members)): return objectProblems(members, path)
        default: return ["\(path) is no \(kind.rawValue): \(value.text.prefix(80))"]
        }
    }

    private func stringProblems(_ text: String, _ path: String) -> [String] {
        if !allowed.isEmpty { return allowed.contains(text) ? [] : ["\(path) is '\(text)', not one of \(allowed)"] }
        switch format {
        case "uuid": return UUID(uuidString: text) == nil ? ["\(path) is no UUID"] : []
        case "date-time": return Timestamp.date(text) == nil ? ["\(path) is no time"] : []
        default:
            let isInside = text.count >= minimum ?? 0 && text.count <= maximum ?? .max
            return isInside ? [] : ["\(path) has \(text.count) characters"]
        }
    }

    private func rangeProblems(_ number: Double, _ path: String) -> [String] {
        let isInside = minimum.map { number >= Double($0) } ?? true && maximum.map { number <= Double($0) } ?? true
        return isInside ? [] : ["\(path) is \(number), out of its range"]
    }

    private func arrayProblems(_ elements: [JSON], _ path: String) -> [String] {
        let isInside = elements.count >= minimum ?? 0 && elements.count <= maximum ?? .max
        let tooMany = isInside ? [] : ["\(path) has \(elements.count) entries"]
        guard let element = element.first else { return tooMany }
        return tooMany + elements.enumerated().flatMap { element.problems(with: $1, at: "\(path).\($0)") }
    }

    private func objectProblems(_ members: [String: JSON], _ path: String) -> [String] {
        if let element = element.first { return members.flatMap { element.problems(with: $1, at: "\(path).\($0)") } }
        let unknown = members.keys.filter { name in !properties.contains { $0.name == name } }.map { "\(path).\($0) is not in the schema" }
        return unknown
            + properties.flatMap { property in
                guard let value = members[property.name] else { return property.isRequired ? ["\(path).\(property.name) is missing"] : [] }
                return property.schema.problems(with: value, at: "\(path).\(property.name)")
            }
    }
}
