import Foundation
import Kernel

/// Runs the `on` handlers that wait for an event.
struct React: Work {
    static let name = "rules.react"
    let event: Identifier<EventRecord>
}

/// Runs a script's `every` handlers of one interval.
struct Tick: Work {
    static let name = "rules.tick"
    let script: Identifier<Script>
    let interval: String
    /// When a piece was put off: the time that it stands for.
    var due: Date?
}
