import Crypto
import Foundation
import Kernel
import Postgres

package enum RunOutcome: String, Codable, CaseIterable, Sendable {
    case completed
    /// A `before` handler refused the change.
    case rejected
    /// The script failed, or used more than it may.
    case failed
    /// An effect was not possible, and so none happened.
    case refused
    /// A chain of rules that set each other off was cut.
    case tooDeep
}

extension RunOutcome: SQLEncodable, SQLDecodable {}

/// What a run leaves behind: with it the run can be judged, and executed again.
struct Receipt: Sendable {
    private static let mostReads = 256 << 10

    let id = Identifier<ScriptRun>()
    let rule: LiveRule
    let occasion: Occasion
    let seed: Int
    let ranAt: Date
    private(set) var outcome: RunOutcome
    private(set) var reason: String?
    private(set) var code: String?
    let result: RunnerResult

    init(_ result: RunnerResult, of rule: LiveRule, at occasion: Occasion, seed: Int, ranAt: Date) {
        self.rule = rule
        self.occasion = occasion
        self.seed = seed
        self.ranAt = ranAt
        self.result = result
        (outcome, reason, code) = result.outcome.words
    }

    /// Of a run that did not take place.
    init(tooDeep occasion: Occasion, for rule: LiveRule, at time: Date) {
        self.init(RunnerResult(outcome: .completed(amendments: [:])), of: rule, at: occasion, seed: 0, ranAt: time)
        outcome = .tooDeep
        reason = "The chain of events that led here is too long."
    }

    func refused(_ failure: Failure) -> Receipt {
        var receipt = self
        receipt.outcome = .refused
        receipt.reason = failure.message
        receipt.code = failure.code
        return receipt
    }

    var isFault: Bool { outcome == .failed || outcome == .refused }

    var inputHash: Data { Data(SHA256.hash(data: occasion.table.canonicalBytes)) }

    var effects: JSON { .array(result.effects.map(\.json)) }

    /// Answers that are too much to keep are left out: such a run can't be executed again.
    var reads: JSON {
        let reads = JSON.array(result.reads.map { $0.json(withAnswer: true) })
        return reads.canonicalBytes.count <= Self.mostReads ? reads : .array(result.reads.map { $0.json(withAnswer: false) })
    }
}

extension RunnerResult.Outcome {
    var words: (outcome: RunOutcome, reason: String?, code: String?) {
        switch self {
        case .completed: (.completed, nil, nil)
        case .rejected(let reason, let code): (.rejected, reason, code)
        case .failed(let fault): (.failed, fault.text, fault.kind.rawValue)
        case .killed(.time): (.failed, "It took too long and was stopped.", "time")
        case .killed: (.failed, "Its process ended.", "crash")
        }
    }
}

extension RunnerFault {
    fileprivate var text: String {
        let place = [script, line.map(String.init)].compactMap(\.self).joined(separator: ":")
        return place.isEmpty ? message : "\(place): \(message)"
    }
}

extension RunnerEffect {
    var json: JSON {
        var members: [String: JSON] = ["operation": .string(operation), "arguments": .object(arguments)]
        if let target { members["target"] = ["entity": .string(target.entity), "id": .string(target.id)] }
        return .object(members)
    }
}

extension RunnerResult.Exchange {
    func json(withAnswer: Bool) -> JSON {
        var members: [String: JSON] = ["name": .string(read.name), "arguments": .object(read.arguments)]
        guard withAnswer else { return .object(members) }
        switch answer {
        case .value(let value, _): members["value"] = value
        case .failure(let reason): members["error"] = .string(reason)
        }
        return .object(members)
    }
}
