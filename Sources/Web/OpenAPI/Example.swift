import Kernel

/// A plausible value for a schema, for the documentation.
enum Example {
    static let meta: JSON = ["timestamp": "2026-01-01T09:00:00.000Z", "requestId": "req_0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a11"]

    static func of(_ schema: Schema) -> JSON {
        if let example = schema.example { return example }
        if let first = schema.allowed.first { return .string(first) }
        switch schema.kind {
        case .string: return .string(text(schema.format))
        case .integer: return .integer(schema.minimum ?? 1)
        case .number: return .number(1.5)
        case .boolean: return true
        case .array: return .array(schema.element.map(of))
        case .object:
            let members = schema.properties.map { ($0.name, of($0.schema)) }
            return .object(Dictionary(members, uniquingKeysWith: { first, _ in first }))
        case .any: return [:]
        }
    }

    static func failure(_ failure: Failure) -> JSON {
        ["success": false, "error": failure.json, "meta": meta]
    }

    private static func text(_ format: String?) -> String {
        switch format {
        case "email": "ada@example.com"
        case "uuid": "0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a11"
        case "date-time": "2030-01-01T09:00:00.000Z"
        case "date": "2026-01-01"
        case "uri": "https://example.com"
        default: "text"
        }
    }
}
