import Foundation
import Kernel

/// Runs the `on` handlers for an event.
struct React: Work {
    static let name = "rules.react"
    static let lane = Lane.quick
    let event: Identifier<EventRecord>
}

/// Runs a script's `every` handlers of one interval.
struct Tick: Work {
    static let name = "rules.tick"
    static let lane = Lane.quick
    let script: Identifier<Script>
    let interval: String
    /// For an item that was put off: the time that it stands for.
    var due: Date?
}
