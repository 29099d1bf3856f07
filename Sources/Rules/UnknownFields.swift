import Kernel

/// Lua returns nil for an unknown name, so a typo shows only in what a rule then doesn't do.
struct UnknownFields: Sendable {
    let hooks: HookCatalogue
    let operations: LuaOperations

    /// The fields that a run read although such an event never has them, with the name that may have been meant.
    func problems(of result: RunnerResult, at occasion: Occasion, in source: SourceDraft) -> [ScriptProblem] {
        guard let type = hooks.payloads[occasion.name] else { return [] }
        let schema = SchemaRecorder.schema(of: type)
        return result.readFields.sorted().compactMap { field in
            let path = field.split(separator: ".").map(String.init)
            guard let first = path.first, !Occasion.ownMembers.contains(first) else { return nil }
            return absence(path, in: schema).map { ScriptProblem($0, at: result.readPlaces[field], in: source.name) }
        }
    }

    private func absence(_ path: [String], in schema: Schema) -> String? {
        var owner = schema
        var before = "event"
        for part in path {
            let name = part.replacing("[]", with: "")
            // A dictionary has whatever keys its writers chose.
            guard owner.kind == .object, owner.element.isEmpty else { return nil }
            guard var next = owner.member(name) else { return message(name, of: before, owner) }
            for _ in part.matches(of: /\[\]/) { next = next.element.first ?? Schema(.any) }
            owner = next
            before += ".\(part)"
        }
        return nil
    }

    private func message(_ name: String, of owner: String, _ schema: Schema) -> String {
        let entity = owner.split(separator: ".").last.map(String.init) ?? ""
        let methods = operations.vocabulary.entities[entity]?.keys.map { ":\($0)" } ?? []
        let fields = schema.properties.map { ".\($0.name)" } + (owner == "event" ? Occasion.ownMembers.map { ".\($0)" } : [])
        let meant = fields.nearest(to: ".\(name)") ?? methods.nearest(to: ":\(name)")
        return "There is no \(owner).\(name)." + (meant.map { " Did you mean \(owner)\($0)?" } ?? "")
    }
}

extension Occasion {
    /// What every event has besides its payload.
    fileprivate static let ownMembers = ["name", "id", "occurredAt", "actor"]
}
