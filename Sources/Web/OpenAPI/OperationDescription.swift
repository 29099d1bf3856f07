import Kernel

/// One operation as OpenAPI describes it.
struct OperationDescription {
    let operation: APIOperation
    let endpoint: Endpoint
    let input: OperationInput
    let components: SchemaComponents

    init(_ operation: APIOperation, components: SchemaComponents) {
        self.operation = operation
        self.components = components
        endpoint = Endpoint(operation)
        input = OperationInput(operation)
    }

    var json: JSON {
        var members: [String: JSON] = [
            "operationId": .string(identifier),
            "summary": .string(operation.summary),
            "description": .string(words),
            "tags": [.string(operation.tag)],
            "security": security,
            "responses": .object(responses),
            "x-access": .string(operation.access.rawValue),
        ]
        if !parameters.isEmpty { members["parameters"] = .array(parameters) }
        if let requestBody { members["requestBody"] = requestBody }
        if let permission = operation.permission { members["x-permission"] = .string(permission.rawValue) }
        if case .scope(let scope) = operation.keys { members["x-api-key-scope"] = .string(scope.rawValue) }
        if let socket = operation.socket {
            members["x-socket"] = [
                "incoming": components.reference(SchemaRecorder.schema(of: socket.incoming)),
                "outgoing": components.reference(SchemaRecorder.schema(of: socket.outgoing)),
            ]
        }
        if let lua = operation.lua { members["x-lua"] = .string("\(lua.text)(\(lua.parameters.joined(separator: ", ")))") }
        return .object(members)
    }

    private var security: JSON {
        if operation.access == .anyone { return [[:], ["bearer": []]] }
        return operation.keys == .inPerson ? [["bearer": []]] : [["bearer": []], ["apiKey": []]]
    }

    /// `PATCH /jobs/{id}/status` is `patchJobsByIdStatus`.
    private var identifier: String {
        let words = operation.path.split(whereSeparator: { $0 == "/" || $0 == "-" }).map { segment in
            let isParameter = segment.first == "{"
            let word = isParameter ? segment.dropFirst().dropLast() : segment
            return (isParameter ? "By" : "") + word.prefix(1).uppercased() + word.dropFirst()
        }
        return operation.method.rawValue.lowercased() + words.joined()
    }

    private var parameters: [JSON] {
        var parameters = input.pathParameters.map { name in
            let schema = input.path.first { $0.name == name }?.schema ?? Schema(.string)
            return parameter(name, in: "path", schema, required: true)
        }
        parameters += input.query.map { parameter($0.name, in: "query", $0.schema, required: $0.isRequired) }
        if let version = input.schema.properties.first(where: \.isVersion) {
            parameters.append(
                header(
                    "If-Match",
                    "The ETag of the version that you have seen.",
                    required: version.isRequired,
                    ["type": "string", "pattern": "^(\\*|\"[0-9]{1,9}\")$", "examples": ["\"7\""]]
                )
            )
        }
        if endpoint.storesAnswers {
            parameters.append(
                header(
                    "Idempotency-Key",
                    "Repeating the request with this key gives the first answer again, for 24 hours.",
                    required: false,
                    ["type": "string", "minLength": 1, "maxLength": 255]
                )
            )
        }
        if endpoint.operation.isOpenToVisitors {
            parameters.append(
                header(
                    "X-Tenure-Tenant",
                    "The tenant in which a system admin does this, with the standing of its administrator. It is recorded.",
                    required: false,
                    ["type": "string", "format": "uuid"]
                )
            )
        }
        return parameters
    }

    private func parameter(_ name: String, in place: String, _ schema: Schema, required: Bool) -> JSON {
        var plain = schema
        plain.isNullable = false
        var members: [String: JSON] = ["name": .string(name), "in": .string(place), "schema": components.reference(plain)]
        if let words = components.words(for: name, of: input.schema) { members["description"] = .string(words) }
        if required { members["required"] = true }
        if schema.kind == .array {
            members["style"] = "form"
            members["explode"] = false
        }
        return .object(members)
    }

    private func header(_ name: String, _ description: String, required: Bool, _ schema: JSON) -> JSON {
        var members: [String: JSON] = ["name": .string(name), "in": "header", "description": .string(description), "schema": schema]
        if required { members["required"] = true }
        return .object(members)
    }

    private var requestBody: JSON? {
        guard input.takesBody else { return nil }
        var schema = input.schema
        // A field of a form is left out, never null.
        schema.properties = endpoint.body == .multipart ? input.body.map(\.withoutNull) : input.body
        var content: [String: JSON] = ["schema": components.reference(schema)]
        if endpoint.body == .json { content["example"] = operation.example ?? Example.of(schema) }
        let isRequired = schema.properties.contains(where: \.isRequired)
        return ["required": .bool(isRequired), "content": .object([mediaType: .object(content)])]
    }

    var mediaType: String { endpoint.body == .multipart ? "multipart/form-data" : "application/json" }

    private var responses: [String: JSON] {
        var responses = failures.mapValues { failures in failed(failures) }
        responses[String(operation.status)] = succeeded
        if endpoint.isVersioned, operation.method == .get { responses["304"] = ["description": "Not changed since If-None-Match."] }
        return responses
    }

    private var succeeded: JSON {
        var members: [String: JSON] = ["description": .string(operation.summary)]
        var headers = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"]
        if endpoint.isVersioned { headers.append("ETag") }
        members["headers"] = .object(Dictionary(headers.map { ($0, Self.header($0)) }, uniquingKeysWith: { first, _ in first }))
        if operation.output == FileDownload.self {
            members["content"] = ["*/*": ["schema": ["type": "string", "format": "binary"]]]
        } else if operation.output != NoContent.self {
            members["content"] = ["application/json": .object(envelope)]
        }
        return .object(members)
    }

    private static func header(_ name: String) -> JSON { ["$ref": "#/components/headers/\(name)"] }

    private var envelope: [String: JSON] {
        let schema = SchemaRecorder.schema(of: operation.output)
        return [
            "schema": [
                "type": "object",
                "required": ["success", "data", "meta"],
                "properties": [
                    "success": ["const": true, "description": "Always true: it was done."],
                    "data": described(components.reference(schema), "The answer."),
                    "meta": ["$ref": "#/components/schemas/Meta", "description": "When and under which name the request was answered."],
                ],
            ],
            "example": ["success": true, "data": Example.of(schema), "meta": Example.meta],
        ]
    }

    private func described(_ schema: JSON, _ words: String) -> JSON {
        guard case .object(var members) = schema, members["description"] == nil else { return schema }
        members["description"] = .string(words)
        return .object(members)
    }
}

extension Schema.Property {
    fileprivate var withoutNull: Schema.Property {
        var schema = schema
        schema.isNullable = false
        return .init(name: name, schema: schema, isRequired: isRequired)
    }
}

extension OperationDescription {
    /// What the declaration says beyond the summary: who may call it, and how it answers to a repetition.
    private var words: String {
        var sentences = ["\(operation.summary).", operation.access.words]
        if let permission = operation.permission { sentences.append("It needs the permission `\(permission.rawValue)`.") }
        if case .scope(let scope) = operation.keys { sentences.append("An API key needs the scope `\(scope.rawValue)`.") }
        if endpoint.storesAnswers {
            sentences.append("Repeated with the same `Idempotency-Key` it answers as before and does nothing more.")
        }
        if let version = input.schema.properties.first(where: \.isVersion) {
            sentences.append("`If-Match` \(version.isRequired ? "must name" : "may name") the version that you have seen.")
        }
        if operation.socket != nil { sentences.append("It is a WebSocket: `x-socket` says what goes in and what comes out.") }
        return sentences.joined(separator: " ")
    }
}
