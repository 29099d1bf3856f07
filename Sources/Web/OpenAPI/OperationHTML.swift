import Kernel

/// One operation on the documentation page.
struct OperationHTML {
    private let operation: APIOperation
    private let input: OperationInput
    private let failures: [Failure]

    private let glossary: Glossary

    init(_ operation: APIOperation, glossary: Glossary) {
        let description = OperationDescription(operation, components: SchemaComponents(glossary: glossary))
        self.glossary = glossary
        self.operation = operation
        input = description.input
        failures = description.failures.values.joined().sorted { ($0.status, $0.code) < ($1.status, $1.code) }
    }

    var html: String {
        """
        <details>
        <summary><span class="method \(operation.method.rawValue.lowercased())">\(operation.method.rawValue)</span> \
        <code>\(operation.path.escaped)</code> <span>\(operation.summary.escaped)</span></summary>
        <p>Who: <b>\(operation.access.rawValue)</b>\(permission). Limit class: \(operation.limit.name).\(lua)</p>
        \(fields("Path", input.path))\(fields("Query", input.query))\(fields("Body", input.takesBody ? input.body : []))
        <h3>Answer \(operation.status)</h3>
        \(answer)
        <h3>Failures</h3>
        <table>\(failures.map { "<tr><td>\($0.status)</td><td><code>\($0.code)</code></td><td>\($0.message.escaped)</td></tr>" }.joined())</table>
        </details>
        """
    }

    private var permission: String { operation.permission.map { " with <code>\($0.rawValue)</code>" } ?? "" }

    private var lua: String {
        operation.lua.map { " In a rule: <code>\($0.text.escaped)(\($0.parameters.joined(separator: ", ").escaped))</code>." } ?? ""
    }

    private var answer: String {
        if operation.output == NoContent.self { return "<p>No content.</p>" }
        if operation.output == FileDownload.self { return "<p>The file.</p>" }
        return "<pre>\(Example.of(SchemaRecorder.schema(of: operation.output)).indented.escaped)</pre>"
    }

    private func fields(_ title: String, _ properties: [Schema.Property]) -> String {
        guard !properties.isEmpty else { return "" }
        let rows = properties.map { property in
            let name = "<td><code>\(property.name.escaped)</code>\(property.isRequired ? " <b>required</b>" : "")</td>"
            let words = glossary.property(property.name, of: input.schema.type) ?? ""
            return "<tr>\(name)<td>\(words.escaped)</td><td>\(describe(property.schema).escaped)</td></tr>"
        }
        return "<h3>\(title)</h3>\n<table>\(rows.joined())</table>\n"
    }

    private func describe(_ schema: Schema) -> String {
        if !schema.allowed.isEmpty { return schema.allowed.joined(separator: " | ") }
        switch schema.kind {
        case .array: return "list of " + (schema.element.first.map(describe) ?? "anything") + range(schema)
        case .object where !schema.element.isEmpty: return "map of " + (schema.element.first.map(describe) ?? "anything")
        case .object: return "{ " + schema.properties.map { $0.name + ($0.isRequired ? "" : "?") }.joined(separator: ", ") + " }"
        case .any: return "anything"
        default: return (schema.format ?? schema.kind.rawValue) + range(schema)
        }
    }

    private func range(_ schema: Schema) -> String {
        switch (schema.minimum, schema.maximum) {
        case (let low?, let high?): ", \(low) to \(high)"
        case (let low?, nil): ", from \(low)"
        case (nil, let high?): ", to \(high)"
        case (nil, nil): ""
        }
    }
}
