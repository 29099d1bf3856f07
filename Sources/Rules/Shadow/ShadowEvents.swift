import Kernel

package struct ScriptShadowed: ScriptEvent {
    package static let name = "script.shadowed"
    package static let summary = "A draft became a version that runs next to the live one without effects."
    package static var sample: Self { ScriptShadowed(script: .sample, version: 4) }
    package let script: ScriptFact
    package let version: Int
}

package struct ScriptShadowEnded: ScriptEvent {
    package static let name = "script.shadow_ended"
    package static let summary = "A version no longer runs in shadow: a tenant admin ended it, or it kept failing."
    package static var sample: Self { ScriptShadowEnded(script: .sample, version: 4, reason: "Version 4 failed 20 times in a row.") }
    package let script: ScriptFact
    package let version: Int
    package let reason: String?
}
