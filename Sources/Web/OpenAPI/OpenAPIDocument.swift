package import Kernel

/// The OpenAPI 3.1 description of the operations, made only from their declarations.
package struct OpenAPIDocument: Sendable {
    package let operations: [APIOperation]
    package let events: [EventDescription]
    let glossary: Glossary
    private let server: String

    package init(operations: [APIOperation], events: [EventDescription] = [], glossary: Glossary, server: String) {
        self.glossary = glossary
        self.operations = operations
        self.events = events
        self.server = server
    }

    /// The operations of one part only, with the schemas that they need.
    package func part(_ part: APIPart) -> OpenAPIDocument {
        OpenAPIDocument(
            operations: operations.filter { $0.part == part },
            events: part == .core ? events : [],
            glossary: glossary,
            server: server
        )
    }

    package var json: JSON {
        let components = SchemaComponents(glossary: glossary)
        var paths: [String: [String: JSON]] = [:]
        for operation in operations {
            let description = OperationDescription(operation, components: components)
            paths[operation.path, default: [:]][operation.method.rawValue.lowercased()] = description.json
        }
        let catalogue = events.map { event($0, components) }
        var document: [String: JSON] = [
            "openapi": "3.1.0",
            "info": ["title": "Tenure", "version": "1.0.0", "description": .string(Self.introduction)],
            "servers": [["url": .string(server + Endpoint.prefix)]],
            "tags": .array(Set(operations.map(\.tag)).sorted().map { ["name": .string($0)] }),
            "paths": .object(paths.mapValues { .object($0) }),
            "components": components.json,
        ]
        if !catalogue.isEmpty { document["x-events"] = .array(catalogue) }
        return .object(document)
    }

    private func event(_ event: EventDescription, _ components: SchemaComponents) -> JSON {
        var members: [String: JSON] = [
            "name": .string(event.name), "summary": .string(event.summary), "schema": components.reference(event.schema),
            "sample": event.sample,
        ]
        if let amendable = event.amendable { members["amendable"] = .array(amendable.map { .string($0) }) }
        return .object(members)
    }

    private static let introduction = """
        A recruiting server that its tenants can program. Every answer has one envelope: `success`, then `data` or `error`, then `meta` with \
        the time and the request's id. Unknown fields are refused, and all bad fields are named at once. POST and PATCH honor \
        `Idempotency-Key`. Where an answer carries an `ETag`, send it back as `If-Match` to change only what you have seen.
        """
}

extension APIOperation {
    /// The first segment of the path.
    var tag: String { path.split(separator: "/").first.map(String.init) ?? "" }
}
