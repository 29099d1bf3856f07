import Kernel

/// Collects named schemas while a document is written, so that each appears once and is referred to.
final class SchemaComponents {
    private var schemas: [String: JSON] = ["Meta": SchemaComponents.meta, "Failure": SchemaComponents.failure]

    private let glossary: Glossary

    init(glossary: Glossary) {
        self.glossary = glossary
    }

    func words(for name: String, of schema: Schema) -> String? { glossary.property(name, of: schema.type) }

    func reference(_ schema: Schema) -> JSON {
        glossary.described(schema).json { place($0, $1) }
    }

    private func place(_ schema: Schema, _ render: (Schema) -> JSON) -> JSON {
        guard let name = schema.name else { return Self.withoutNull(schema, schema.fullJSON(reference: render)) }
        var plain = schema
        plain.isNullable = false
        plain.description = nil
        let reference: JSON = ["$ref": "#/components/schemas/\(claim(name, plain.fullJSON(reference: render)))"]
        var members: [String: JSON] = schema.isNullable ? ["anyOf": [reference, ["type": "null"]]] : ["$ref": reference["$ref"] ?? .null]
        // Words beside a reference are allowed since OpenAPI 3.1.
        if let description = schema.description { members["description"] = .string(description) }
        return .object(members)
    }

    /// No text, and no name in a map, contains U+0000: PostgreSQL can't store it.
    private static func withoutNull(_ schema: Schema, _ json: JSON) -> JSON {
        guard case .object(var members) = json else { return json }
        if schema.kind == .string, schema.allowed.isEmpty, members["pattern"] == nil, schema.format == nil {
            members["pattern"] = plainText
        }
        if schema.kind == .object, !schema.element.isEmpty { members["propertyNames"] = ["pattern": plainText] }
        return .object(members)
    }

    private static let plainText: JSON = "^[^\\x00]*$"

    /// Two capabilities may use one name for different shapes; the second gets a number.
    private func claim(_ name: String, _ json: JSON) -> String {
        var candidate = name
        var number = 1
        while let other = schemas[candidate], other != json {
            number += 1
            candidate = "\(name)\(number)"
        }
        schemas[candidate] = json
        return candidate
    }

    var json: JSON {
        [
            "schemas": .object(schemas),
            "securitySchemes": .object(Self.securitySchemes),
            "headers": .object(Self.headers),
        ]
    }

    private static let securitySchemes: [String: JSON] = [
        "bearer": [
            "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "The access token of a signed-in person, good for 15 minutes.",
        ],
        "apiKey": [
            "type": "http", "scheme": "bearer", "bearerFormat": "tnk_...",
            "description":
                "An API key of the tenant: a program acts with it as the administrator who made it, within the key's scopes (x-api-key-scope).",
        ],
    ]

    private static let meta: JSON = [
        "type": "object",
        "required": ["timestamp", "requestId"],
        "properties": [
            "timestamp": ["type": "string", "format": "date-time", "description": "When the answer was made."],
            "requestId": ["type": "string", "description": "Names the request in the server's log; quote it when you report a problem."],
        ],
    ]

    private static let failure: JSON = [
        "type": "object",
        "required": ["success", "error", "meta"],
        "properties": [
            "success": ["const": false, "description": "Always false: nothing was changed."],
            "error": [
                "type": "object",
                "description": "What went wrong.",
                "required": ["code", "message"],
                "properties": [
                    "code": ["type": "string", "description": "What went wrong, for programs; it never changes."],
                    "message": ["type": "string", "description": "What went wrong, for people."],
                    "details": ["type": "object", "description": "What is wrong with each field, or facts such as retryAfter."],
                ],
            ],
            "meta": ["$ref": "#/components/schemas/Meta", "description": "When and under which name the request was answered."],
        ],
    ]

    private static let headers: [String: JSON] = [
        "ETag": ["description": "The version, to be sent back as If-Match.", "schema": ["type": "string"]],
        "Retry-After": ["description": "Seconds to wait.", "schema": ["type": "integer"]],
        "X-RateLimit-Limit": ["description": "Requests per period of the tightest limit.", "schema": ["type": "integer"]],
        "X-RateLimit-Remaining": ["description": "How many are left.", "schema": ["type": "integer"]],
        "X-RateLimit-Reset": ["description": "When all are available again, in Unix seconds.", "schema": ["type": "integer"]],
    ]
}
