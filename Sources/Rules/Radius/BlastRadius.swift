package import Foundation
import Kernel
import Postgres

/// How much a rule may do within an hour. Beyond that the rule pauses: it still runs, but its effects wait for an administrator. Writes to
/// the store don't count, because they affect nobody.
struct BlastRadius: Sendable {
    static let standard = 1000
    /// Times the busiest hour of the last replay.
    static let margin = 10

    let own: Int?
    let forecast: Int?
    let pausedAt: Date?
    /// Effects of the last 60 minutes, and those of the current minute.
    let spent: Int
    let spentThisMinute: Int

    var cap: Int { own ?? forecast.map { max(1, $0) * Self.margin } ?? Self.standard }

    func admits(_ effects: Int) -> Bool { pausedAt == nil && spent + effects <= cap }
}

/// A script's limit as its administrators see it.
package struct RadiusView: Codable, Sendable {
    package enum Source: String, Codable, CaseIterable, Sendable {
        case own, forecast, standard
    }

    package let effectsPerHour: Int
    package let source: Source
    package let lastHour: Int
    package let pausedAt: Date?
    /// Runs whose effects wait.
    package let held: Int
}

extension BlastRadius {
    init(_ row: Row) throws {
        self.init(
            own: try row("own"),
            forecast: try row("forecast"),
            pausedAt: try row("paused_at"),
            spent: try row("spent"),
            spentThisMinute: try row("spent_this_minute")
        )
    }
}

extension RadiusView {
    init(_ row: Row) throws {
        let radius = try BlastRadius(row)
        self.init(
            effectsPerHour: radius.cap,
            source: radius.own != nil ? .own : radius.forecast != nil ? .forecast : .standard,
            lastHour: radius.spent,
            pausedAt: radius.pausedAt,
            held: try row("held")
        )
    }
}
