package import Foundation
package import Kernel

package struct ReplayView: Codable, Sendable {
    package struct Summary: Codable, Sendable {
        package let moved: Int
        package let refused: Int
        package let amended: Int
        package let noted: Int
        package let notified: Int
        package let other: Int
        package let unchanged: Int
        package let failed: Int
    }

    package struct Cost: Codable, Sendable {
        package let instructionsMean: Int
        package let instructionsMax: Int
        package let memoryPeak: Int
        package let microsecondsMean: Int
    }

    package struct Trouble: Codable, Sendable {
        package let message: String
        package let count: Int
        /// An example.
        package let eventId: Identifier<EventRecord>
    }

    package struct Rate: Codable, Sendable {
        package let mean: Double
        package let peak: Int
    }

    package let id: Identifier<Replay>
    package let scriptId: Identifier<Script>
    package let status: ReplayStatus
    package let processed: Int
    /// Null until it has begun.
    package let total: Int?
    package let from: Date?
    package let until: Date
    /// The handlers that it runs.
    package let handlers: [ScriptHandler]
    package let requestedBy: Identifier<User>?
    package let createdAt: Date
    package let startedAt: Date?
    package let finishedAt: Date?
    package let reason: String?
    /// How many events would have turned out differently, by what would differ.
    package let summary: Summary
    package let matrix: [ReplayMatrixCell]
    package let cost: Cost
    package let errors: [Trouble]
    package let readFields: [String]
    package let newlyReads: [String]
    package let effectsPerHour: Rate
    /// Runs that got answers from today's state, because the log doesn't tell how it was.
    package let approximate: Int
}

extension ReplayView {
    init(_ replay: Replay) {
        let tally = replay.tally
        let readFields = tally.readFields.sorted()
        self.init(
            id: replay.id,
            scriptId: replay.script,
            status: replay.status,
            processed: replay.processed,
            total: replay.total,
            from: replay.from,
            until: replay.until,
            handlers: replay.handlers,
            requestedBy: replay.requestedBy,
            createdAt: replay.createdAt,
            startedAt: replay.startedAt,
            finishedAt: replay.finishedAt,
            reason: replay.reason,
            summary: Summary(tally),
            matrix: replay.matrix,
            cost: Cost(tally),
            errors: tally.errors.map { Trouble(message: $0.key, count: $0.value.count, eventId: $0.value.event) }.sorted {
                $0.count > $1.count
            },
            readFields: readFields,
            newlyReads: readFields.filter { !replay.liveReads.contains($0) },
            effectsPerHour: Rate(mean: tally.effectsPerHour, peak: tally.busiestHour),
            approximate: tally.approximate
        )
    }
}

extension ReplayView.Summary {
    fileprivate init(_ tally: ReplayTally) {
        self.init(
            moved: tally.count(.moved),
            refused: tally.count(.refused),
            amended: tally.count(.amended),
            noted: tally.count(.noted),
            notified: tally.count(.notified),
            other: tally.count(.other),
            unchanged: tally.unchanged,
            failed: tally.count(.failed)
        )
    }
}

extension ReplayView.Cost {
    fileprivate init(_ tally: ReplayTally) {
        let runs = max(tally.runs, 1)
        self.init(
            instructionsMean: tally.instructions / runs,
            instructionsMax: tally.instructionsMax,
            memoryPeak: tally.memoryPeak,
            microsecondsMean: tally.microseconds / runs
        )
    }
}
