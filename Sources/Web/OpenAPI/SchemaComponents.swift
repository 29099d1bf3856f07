import Kernel

/// Collects named schemas while a document is written, so that each appears once and is referred to.
final class SchemaComponents {
    private var schemas: [String: JSON] = ["Meta": SchemaComponents.meta, "Failure": SchemaComponents.failure]

    func reference(_ schema: Schema) -> JSON {
        schema.json { place($0, $1) }
    }

    private func place(_ schema: Schema, _ render: (Schema) -> JSON) -> JSON {
        guard let name = schema.name else { return Self.withoutNull(schema, schema.fullJSON(reference: render)) }
        var plain = schema
        plain.isNullable = false
        let reference: JSON = ["$ref": "#/components/schemas/\(claim(name, plain.fullJSON(reference: render)))"]
        return schema.isNullable ? ["anyOf": [reference, ["type": "null"]]] : reference
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
        "bearer": ["type": "http", "scheme": "bearer", "bearerFormat": "JWT"],
        "apiKey": [
            "type": "http", "scheme": "bearer", "bearerFormat": "tnk_...",
            "description":
                "An API key of the tenant: a program acts with it as the administrator who made it, within the key's scopes (x-api-key-scope).",
        ],
    ]

    private static let meta: JSON = [
        "type": "object",
        "required": ["timestamp", "requestId"],
        "properties": ["timestamp": ["type": "string", "format": "date-time"], "requestId": ["type": "string"]],
    ]

    private static let failure: JSON = [
        "type": "object",
        "required": ["success", "error", "meta"],
        "properties": [
            "success": ["const": false],
            "error": [
                "type": "object",
                "required": ["code", "message"],
                "properties": [
                    "code": ["type": "string"],
                    "message": ["type": "string"],
                    "details": ["type": "object", "description": "What is wrong with each field, or facts such as retryAfter."],
                ],
            ],
            "meta": ["$ref": "#/components/schemas/Meta"],
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
