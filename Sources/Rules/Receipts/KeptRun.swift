import Crypto
import Foundation
import Kernel
import Postgres

/// A run from its receipt, with the version that ran: everything needed to execute it again.
struct KeptRun: Sendable {
    let run: RunView
    let script: Identifier<Script>
    let scriptName: String
    let source: String
    let grants: [String]?
    let modules: [String: String]
    /// Nil if they were too large to keep.
    let answers: [RunnerAnswer]?
    /// The vocabulary that scripts had then; nil if it is no longer known.
    let vocabulary: RunnerVocabulary?
    /// Nil if the receipt and the event log no longer have what it ran for.
    let occasion: Occasion?

    /// Why it can't be executed again; nil when it can.
    var obstacle: String? {
        if run.outcome == .tooDeep { return "The rule did not run: the chain of events was too long." }
        if run.outcome == .failed, let code = run.code, RunnerResult.Outcome.stopCodes.contains(code) {
            return "The run was stopped from outside, and where it had come to by then depends on the machine."
        }
        if answers == nil { return "The answers that the run got are not kept: they were too large, or the receipt is older than that." }
        if vocabulary == nil { return "The operations that the rule could use at that time are not known anymore." }
        guard let occasion, occasion.hash == run.inputHash else { return "What the run was given is not kept." }
        return nil
    }

    /// Only the version: other rules loaded with it make no difference to a run.
    func program(of tenant: Identifier<Tenant>, _ vocabulary: RunnerVocabulary) -> RunnerProgram {
        RunnerProgram(
            key: "\(tenant)/receipt-\(run.id)",
            scripts: [.init(id: script.description, name: scriptName, source: source, grants: grants)],
            modules: modules,
            vocabulary: vocabulary
        )
    }

    var exchanges: [RunnerResult.Exchange] {
        zip(run.reads.elements, answers ?? []).map { RunnerResult.Exchange(read: RunnerRead($0), answer: $1) }
    }
}

extension KeptRun {
    /// `event` is the one in the log, if it is still there; `present` is this server's vocabulary.
    init(_ row: Row, event: RecordedEvent?, present: RunnerVocabulary) throws {
        let run = try RunView(row)
        let answers: JSON? = try row.raw("answers").map { try JSON(parsing: $0) }
        let digest: Data? = try row("vocabulary")
        self.init(
            run: run,
            script: try row("script_id"),
            scriptName: try row("script_name"),
            source: try row("source"),
            grants: try row("grants"),
            modules: try row.decoded("modules"),
            answers: answers?.elements.map(RunnerAnswer.init),
            vocabulary: digest == present.digest ? present : try row.raw("words").map { try Wire.decode(from: Data($0)) },
            occasion: Occasion(of: run, input: try row.raw("input").map { try JSON(parsing: $0) }, event: event)
        )
    }
}

extension Occasion {
    fileprivate init?(of run: RunView, input: JSON?, event: RecordedEvent?) {
        switch run.hook {
        case .every: self.init(hook: .every, name: run.event, key: "")
        case .on:
            guard let event else { return nil }
            self.init(event)
        case .before:
            guard let input, let table = input["event"] else { return nil }
            let amendable = (input["amendable"]?.elements ?? []).compactMap(\.string)
            self.init(hook: .before, name: run.event, key: "", table: table, amendable: amendable)
        }
    }

    fileprivate var hash: String { SHA256.hash(data: table.canonicalBytes).hexadecimal }
}

extension RunnerRead {
    init(_ json: JSON) {
        self.init(name: json["name"]?.string ?? "", arguments: json["arguments"]?.members ?? [:])
    }
}
