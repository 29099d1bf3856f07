package import Kernel

/// The kinds of handler that a script declares.
package enum RunnerHook: String, Sendable, Codable, CaseIterable {
    case before, on, every
}

/// What one run may use. Time is processor time, measured from outside; the runner enforces the others.
package struct RunnerLimits: Sendable, Hashable {
    package var instructions = 1_000_000
    /// Bytes.
    package var memory = 10 << 20
    package var time = Duration.milliseconds(250)
    package var effects = 100
    package var reads = 100
    /// Bytes of log, effects and amendments.
    package var output = 20_000
    /// Bytes of the event.
    package var input = 128 << 10

    package init() {}

    /// The limits that the runner is told.
    var json: JSON {
        [
            "instructions": .integer(instructions), "memory": .integer(memory), "effects": .integer(effects), "reads": .integer(reads),
            "output": .integer(output),
        ]
    }
}

/// One run of one script's handlers for one event. The same request to the same program gives the same result, given the same answers.
package struct RunnerRequest: Sendable {
    package let script: String
    package let hook: RunnerHook
    /// The event's name, or the interval.
    package let name: String
    package let event: JSON
    /// Members of the event that a `before` handler may set.
    package let amendable: [String]
    /// Seconds since 1970.
    package let now: Double
    package let seed: Int
    package let limits: RunnerLimits

    package init(
        script: String,
        hook: RunnerHook,
        name: String,
        event: JSON = .null,
        amendable: [String] = [],
        now: Double,
        seed: Int,
        limits: RunnerLimits = RunnerLimits()
    ) {
        self.script = script
        self.hook = hook
        self.name = name
        self.event = event
        self.amendable = amendable
        self.now = now
        self.seed = seed
        self.limits = limits
    }

    /// The message, or nil when the event is over the limit.
    var message: [UInt8]? {
        let message: JSON = [
            "type": "run",
            "script": .string(script),
            "kind": .string(hook.rawValue),
            "name": .string(name),
            "event": event,
            "amendable": JSON(names: amendable),
            "now": .number(now),
            "seed": .integer(seed),
            "limits": limits.json,
        ]
        let bytes = message.canonicalBytes
        // Everything around the event takes some hundred bytes.
        return bytes.count <= limits.input + 2048 ? bytes : nil
    }
}
