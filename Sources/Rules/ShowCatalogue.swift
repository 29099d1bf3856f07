package import Kernel

/// What a script can react to and what it can do.
package struct ScriptCatalogue: Codable, Sendable {
    package let events: [HookPoint]
    package let proposals: [HookPoint]
    package let operations: [ScriptOperation]
}

/// An operation as seen from Lua.
package struct ScriptOperation: Codable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable {
        /// Answered while the script runs.
        case read
        /// Applied after it, together with the others.
        case effect
    }

    /// `application:move`, or `notify`.
    package let name: String
    package let entity: String?
    package let function: String
    package let kind: Kind
    /// Which scripts can call it.
    package let audience: APIOperation.LuaName.Audience
    /// A list has pages; `name.each{}` goes through all of them, in the console's scripts.
    package let isList: Bool
    /// The positional parameters, in order.
    package let parameters: [String]
    package let summary: String
    /// JSON Schema of the named parameters.
    package let arguments: JSON
}

extension Rules {
    func catalogue(_ input: NoInput, by admin: TenantAdmin) async throws(Failure) -> ScriptCatalogue {
        ScriptCatalogue(
            events: hooks.events.values.sorted { $0.name < $1.name },
            proposals: hooks.proposals.values.sorted { $0.name < $1.name },
            operations: try luaOperations().all.compactMap { ScriptOperation($0.operation) }
        )
    }
}

extension ScriptOperation {
    init?(_ operation: APIOperation) {
        guard let lua = operation.lua else { return nil }
        self.init(
            name: lua.text,
            entity: lua.entity,
            function: lua.function,
            kind: operation.isRead ? .read : .effect,
            audience: lua.audience,
            isList: operation.isRead && SchemaRecorder.schema(of: operation.output).properties.contains { $0.name == "items" },
            parameters: lua.parameters,
            summary: operation.summary,
            arguments: SchemaRecorder.schema(of: operation.input).json
        )
    }
}
