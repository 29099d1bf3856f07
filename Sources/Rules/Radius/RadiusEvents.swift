package import Kernel

package struct ScriptPaused: ScriptEvent {
    package static let name = "script.paused"
    package static let summary = "A rule reached its limit of effects per hour; further ones wait."
    package static var sample: Self {
        ScriptPaused(script: .sample, reason: "It had 998 effects within the hour and wanted 5 more; 1000 are allowed.")
    }
    package let script: ScriptFact
    package let reason: String
}

package struct ScriptResumed: ScriptEvent {
    package static let name = "script.resumed"
    package static let summary = "A tenant admin resumed a paused rule."
    package static var sample: Self { ScriptResumed(script: .sample) }
    package let script: ScriptFact
}

package struct ScriptLimited: ScriptEvent {
    package static let name = "script.limited"
    package static let summary = "A tenant admin set how many effects a rule may have within an hour."
    package static var sample: Self { ScriptLimited(script: .sample, effectsPerHour: 200) }
    package let script: ScriptFact
    /// Null: no limit of its own.
    package let effectsPerHour: Int?
}

package struct EffectsReleased: ScriptEvent {
    package static let name = "script.effects_released"
    package static let summary = "A tenant admin applied a run's waiting effects."
    package static var sample: Self { EffectsReleased(script: .sample, run: .placeholder) }
    package let script: ScriptFact
    package let run: Identifier<ScriptRun>
}

package struct EffectsDiscarded: ScriptEvent {
    package static let name = "script.effects_discarded"
    package static let summary = "A tenant admin discarded waiting effects."
    package static var sample: Self { EffectsDiscarded(script: .sample, runs: 12) }
    package let script: ScriptFact
    package let runs: Int
}

extension ScriptFact {
    /// As it is now.
    init(_ script: Script) { self.init(script, status: script.status, version: script.liveVersion) }
}
