package import Kernel
import Postgres

struct ShowRun: Codable, Sendable {
    let id: Identifier<ScriptRun>
}

/// A run's whole receipt: the script's input, its questions and their answers, and what it decided.
package struct RunReceipt: Sendable {
    package let run: RunView
    package let scriptId: Identifier<Script>
    package let scriptName: String
    /// The event as the script saw it; null for an interval, or if it is no longer kept.
    package let input: JSON
    /// To the questions in `reads`, in order: a `value`, or the `error` that was raised; null if they are not kept.
    package let answers: JSON
    package let canRerun: Bool
    /// Why it can't be executed again.
    package let obstacle: String?
}

extension Rules {
    func showRun(_ input: ShowRun, by admin: TenantAdmin) async throws(Failure) -> RunReceipt {
        RunReceipt(try await keptRun(input.id, admin))
    }

    func keptRun(_ id: Identifier<ScriptRun>, _ admin: TenantAdmin) async throws(Failure) -> KeptRun {
        let vocabulary = try luaOperations().vocabulary
        return try await store.transaction(as: admin) { tx in
            guard let row = try await tx.first(RunQueries.kept(id, hooks.subjectKinds, tenant: tx.tenant)) else {
                throw Failure.runNotFound
            }
            var event: RecordedEvent?
            if let id: Identifier<EventRecord> = try row("event_id") {
                event = try await tx.first(RunQueries.event(id, tenant: tx.tenant)).map(RecordedEvent.init)
            }
            return try KeptRun(row, event: event, present: vocabulary)
        }
    }
}

extension RunReceipt {
    init(_ kept: KeptRun) {
        run = kept.run
        scriptId = kept.script
        scriptName = kept.scriptName
        input = kept.occasion?.table ?? .null
        answers = kept.answers.map { .array($0.map(\.json)) } ?? .null
        obstacle = kept.obstacle
        canRerun = obstacle == nil
    }
}

extension RunReceipt: Codable {
    private enum CodingKeys: String, CodingKey {
        case scriptId, scriptName, input, answers, canRerun, obstacle
    }

    package init(from decoder: any Decoder) throws {
        run = try RunView(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        scriptId = try container.decode(Identifier<Script>.self, forKey: .scriptId)
        scriptName = try container.decode(String.self, forKey: .scriptName)
        input = try container.decode(JSON.self, forKey: .input)
        answers = try container.decode(JSON.self, forKey: .answers)
        canRerun = try container.decode(Bool.self, forKey: .canRerun)
        obstacle = try container.decodeIfPresent(String.self, forKey: .obstacle)
    }

    package func encode(to encoder: any Encoder) throws {
        try run.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(scriptId, forKey: .scriptId)
        try container.encode(scriptName, forKey: .scriptName)
        try container.encode(input, forKey: .input)
        try container.encode(answers, forKey: .answers)
        try container.encode(canRerun, forKey: .canRerun)
        try container.encodeIfPresent(obstacle, forKey: .obstacle)
    }
}
