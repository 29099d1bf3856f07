import Crypto
import Foundation
import Kernel
import Postgres

package enum RunOutcome: String, Codable, CaseIterable, Sendable {
    case completed
    /// A `before` handler refused the change.
    case rejected
    /// The script failed, or exceeded its limits.
    case failed
    /// An effect was not possible, and so none happened.
    case refused
    /// A chain of rules that set each other off was cut.
    case tooDeep
}

extension RunOutcome: SQLEncodable, SQLDecodable {}

/// What is recorded about a run: enough to judge it, and to execute it again.
struct Receipt: Sendable {
    /// About a hundred long answers; they are stored compressed.
    private static let mostAnswers = 2 << 20

    let id = Identifier<ScriptRun>()
    let rule: LiveRule
    let occasion: Occasion
    let seed: Int
    let ranAt: Date
    private(set) var outcome: RunOutcome
    private(set) var reason: String?
    private(set) var code: String?
    let result: RunnerResult
    /// For a run in shadow.
    var comparison: Comparison?
    private let table: [UInt8]

    init(_ result: RunnerResult, of rule: LiveRule, at occasion: Occasion, seed: Int, ranAt: Date) {
        self.rule = rule
        self.occasion = occasion
        self.seed = seed
        self.ranAt = ranAt
        self.result = result
        table = occasion.table.canonicalBytes
        (outcome, reason, code) = result.outcome.words
    }

    /// For a run that did not take place.
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

    var inputHash: Data { Data(SHA256.hash(data: table)) }

    var effects: JSON { .array(result.effects.map(\.json)) }

    var reads: JSON { .array(result.reads.map(\.read.json)) }

    /// Nil if they are too large to keep, and for a run that did not take place: such a run can't be executed again.
    var answers: JSON? {
        guard outcome != .tooDeep else { return nil }
        let answers = JSON.array(result.reads.map(\.answer.json))
        return answers.canonicalBytes.count <= Self.mostAnswers ? answers : nil
    }

    /// What isn't in the event log, as JSON: a proposal and which of its fields could be amended.
    var input: String? {
        guard occasion.hook == .before, table.count <= RunnerLimits().input else { return nil }
        return #"{"amendable":\#(JSON(names: occasion.amendable).text),"event":\#(String(decoding: table, as: UTF8.self))}"#
    }

    var amendments: JSON {
        guard case .completed(let amendments) = result.outcome else { return [:] }
        return .object(amendments)
    }
}

extension RunnerResult.Outcome {
    var words: (outcome: RunOutcome, reason: String?, code: String?) {
        switch self {
        case .completed: (.completed, nil, nil)
        case .rejected(let reason, let code): (.rejected, reason, code)
        case .failed(let fault): (.failed, fault.text, fault.kind.rawValue)
        case .killed(.time): (.failed, "It took too long and was stopped.", Self.stopCodes[0])
        case .killed: (.failed, "Its process ended.", Self.stopCodes[1])
        }
    }

    /// For runs that were stopped from outside.
    static let stopCodes = ["time", "crash"]
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
        members["target"] = target.map { target in
            let name = target.label.map { ["label": JSON.string($0)] } ?? [:]
            return JSON.object(["entity": .string(target.entity), "id": .string(target.id)].merging(name) { own, _ in own })
        }
        return .object(members)
    }
}

extension RunnerRead {
    fileprivate var json: JSON { ["name": .string(name), "arguments": .object(arguments)] }
}
