import Foundation
import Kernel
import Postgres

package enum RunMode: String, Codable, CaseIterable, Sendable {
    case live
    /// Next to the live version, without effects.
    case shadow
}

extension RunMode: SQLEncodable, SQLDecodable {}

/// What the live version did, for comparing its shadow with.
struct LiveSide: Sendable {
    let outcome: RunOutcome
    let reason: String?
    let amendments: JSON
    let effects: JSON
    let seed: Int
    let ranAt: Date
    let exchanges: [RunnerResult.Exchange]

    var json: JSON {
        ["outcome": .string(outcome.rawValue), "reason": reason.map(JSON.string) ?? .null, "amendments": amendments, "effects": effects]
    }
}

extension LiveSide {
    init(_ receipt: Receipt) {
        self.init(
            outcome: receipt.outcome,
            reason: receipt.reason,
            amendments: receipt.amendments,
            effects: receipt.effects,
            seed: receipt.seed,
            ranAt: receipt.ranAt,
            exchanges: receipt.result.reads
        )
    }

    init(_ row: Row) throws {
        let answers = try row.raw("answers").map { try JSON(parsing: $0) }?.elements ?? []
        self.init(
            outcome: try row("outcome"),
            reason: try row("reason"),
            amendments: try row.json("amendments"),
            effects: try row.json("effects"),
            seed: try row("seed"),
            ranAt: try row("ran_at"),
            exchanges: zip(try row.json("reads").elements, answers).map { .init(read: RunnerRead($0), answer: RunnerAnswer($1)) }
        )
    }
}

/// What a run decided. Whether its effects were possible isn't the script's doing; a version without a handler decides nothing.
struct Decision: Equatable {
    var outcome = RunOutcome.completed
    var reason: String?
    var amendments = JSON.object([:]).text
    var effects = JSON.array([]).text
}

extension Decision {
    init(_ side: LiveSide) {
        let isDone = side.outcome == .completed || side.outcome == .refused
        self.init(
            outcome: isDone ? .completed : side.outcome,
            reason: isDone ? nil : side.reason,
            amendments: side.amendments.text,
            effects: side.effects.text
        )
    }
}

extension Receipt {
    func comparing(_ live: LiveSide?) -> Receipt {
        var receipt = self
        receipt.comparison = Comparison(
            diverges: Decision(LiveSide(self)) != live.map(Decision.init) ?? Decision(),
            live: live?.json
        )
        return receipt
    }
}

/// How a shadow run compares with the live version's.
struct Comparison: Sendable {
    let diverges: Bool
    /// Nil if the live version has no handler for it.
    let live: JSON?
}
