import Foundation
import Kernel

/// A replay's results so far, in numbers.
struct ReplayTally: Codable, Sendable {
    struct Trouble: Codable, Sendable {
        var count: Int
        let event: Identifier<EventRecord>
    }

    /// Nobody reads more kinds of error than this.
    private static let mostErrors = 50
    private static let mostFields = 256

    private(set) var runs = 0
    private(set) var unchanged = 0
    private(set) var differences = 0
    private(set) var approximate = 0
    private(set) var byKind: [DifferenceKind.RawValue: Int] = [:]
    private(set) var instructions = 0
    private(set) var instructionsMax = 0
    private(set) var memoryPeak = 0
    private(set) var microseconds = 0
    private(set) var errors: [String: Trouble] = [:]
    private(set) var readFields: Set<String> = []
    private(set) var effectsByHour: [Int: Int] = [:]
    private(set) var firstHour: Int?
    private(set) var lastHour: Int?
    /// The events and intervals for which an effect was refused.
    private(set) var refused: Set<String>?

    func count(_ kind: DifferenceKind) -> Int { byKind[kind.rawValue] ?? 0 }

    /// The most effects, other than writes to the store, in any hour.
    var busiestHour: Int { effectsByHour.values.max() ?? 0 }

    /// Over the whole span, including hours in which nothing happened.
    var effectsPerHour: Double {
        guard let firstHour, let lastHour else { return 0 }
        return Double(effectsByHour.values.reduce(0, +)) / Double(lastHour - firstHour + 1)
    }

    mutating func add(_ run: ReplayedRun) {
        let hour = Int(run.event.occurredAt.timeIntervalSince1970 / 3600)
        firstHour = firstHour ?? hour
        lastHour = hour
        runs += 1
        instructions += run.result.instructions
        instructionsMax = max(instructionsMax, run.result.instructions)
        memoryPeak = max(memoryPeak, run.result.memoryPeak)
        microseconds += Int(run.result.duration / .microseconds(1))
        if run.isApproximate { approximate += 1 }
        if readFields.count < Self.mostFields { readFields.formUnion(run.result.readFields) }
        let effects = run.outcome == .completed ? run.worldlyEffects.count : 0
        if effects > 0 { effectsByHour[hour, default: 0] += effects }
        if run.outcome == .refused { refused = (refused ?? []).union([run.point.name]) }
        if run.isFault { add(run.reason ?? "", at: run.event.id) }
    }

    mutating func add(_ kinds: [DifferenceKind]) {
        if kinds.isEmpty { unchanged += 1 } else { differences += 1 }
        for kind in kinds { byKind[kind.rawValue, default: 0] += 1 }
    }

    private mutating func add(_ message: String, at event: Identifier<EventRecord>) {
        if errors[message] == nil, errors.count == Self.mostErrors { return }
        errors[message, default: Trouble(count: 0, event: event)].count += 1
    }
}
