import Kernel

/// How a read that names one thing is answered for a past moment: from what events tell about such things, in the shape of the read's own
/// view, so that a draft sees in its replay what it will see when it is live. What no event tells comes from today, if the draft mentions
/// it.
struct ReplayAnswer: Sendable {
    /// The members that events tell.
    private let told: Set<String>
    /// Members that events don't tell and the draft mentions.
    let lacking: [String]

    private init(_ view: [Schema.Property], told: [String: Schema], mentioned: Set<String>) {
        let known = Set(view.filter { told[$0.name]?.kind == $0.schema.kind }.map(\.name))
        self.told = known
        lacking = view.map(\.name).filter { !known.contains($0) && mentioned.contains($0) }
    }

    /// By the names of the reads, without those that events tell nothing about.
    static func all(for replay: Replay, _ operations: LuaOperations, _ hooks: HookCatalogue) -> [String: ReplayAnswer] {
        let words = ([replay.source] + replay.modules.values).flatMap { $0.matches(of: /[A-Za-z_][A-Za-z0-9_]*/).map { String($0.0) } }
        let mentioned = Set(words)
        let reads = operations.all.filter {
            $0.operation.isRead && operations.entity(ofRead: $0.name) == $0.name && mentioned.contains($0.name)
        }
        return reads.reduce(into: [:]) { answers, read in
            let told = hooks.told(of: read.name)
            guard !told.isEmpty else { return }
            let view = SchemaRecorder.schema(of: read.operation.output).unwrapped(read.name)
            answers[read.name] = ReplayAnswer(view, told: told, mentioned: mentioned)
        }
    }

    /// `present` is today's view, if it is needed and the thing still exists.
    func merged(_ past: JSON, _ present: JSON?) -> JSON {
        let present = present?.members.filter { lacking.contains($0.key) } ?? [:]
        return .object(past.members.filter { told.contains($0.key) }.merging(present) { past, _ in past })
    }
}

extension HookCatalogue {
    /// What the events' payloads tell about a kind of thing.
    fileprivate func told(of kind: String) -> [String: Schema] {
        events.keys.reduce(into: [:]) { told, event in
            guard let type = payloads[event], let fact = SchemaRecorder.schema(of: type).member(kind) else { return }
            for property in fact.properties { told[property.name] = property.schema }
        }
    }
}

extension Schema {
    /// Like `LuaView`: a view that holds the entity among other things is the entity with those things.
    fileprivate func unwrapped(_ entity: String) -> [Property] {
        guard !properties.contains(where: { $0.name == "id" }), let inner = properties.first(where: { $0.name == entity }) else {
            return properties
        }
        return inner.schema.properties + properties.filter { $0.name != entity }
    }
}
