import Kernel

extension RunnerLimits {
    /// For a system admin's script, over all tenants together.
    static var console: RunnerLimits {
        var limits = RunnerLimits()
        limits.instructions = 3_000_000_000
        limits.memory = 128 << 20
        limits.time = .seconds(10)
        limits.effects = 5000
        limits.reads = 2000
        limits.output = 1_000_000
        limits.input = 900 << 10
        return limits
    }
}

/// A script for the console, with the tenant to use outside `tenants.each`, if any.
struct ConsoleRequest: Sendable {
    let source: String
    let vocabulary: RunnerVocabulary
    let tenant: Identifier<Tenant>?
    let now: Double
    let seed: Int
    var limits = RunnerLimits.console

    var message: [UInt8] {
        var members: [String: JSON] = [
            "type": "console",
            "source": .string(source),
            "now": .number(now),
            "seed": .integer(seed),
            "limits": limits.json,
        ]
        members["tenant"] = tenant.map { .string($0.description) }
        return JSON.object(members).with(vocabulary.members).canonicalBytes
    }
}

/// The server's answer to a console script's question.
struct ConsoleAnswer: Sendable {
    let answer: RunnerAnswer
    /// The arguments that get the next page.
    var more: JSON?

    func message(upTo limit: Int) -> [UInt8] {
        let bytes = json.canonicalBytes
        return bytes.count <= limit ? bytes : ConsoleAnswer(answer: .failure("the answer is too large: ask for fewer")).json.canonicalBytes
    }

    private var json: JSON {
        var members: [String: JSON] = ["type": "answer"]
        switch answer {
        case .value(let value, let entity):
            members["value"] = value
            members["entity"] = entity.map(JSON.string)
        case .failure(let reason): members["error"] = .string(reason)
        }
        members["more"] = more
        return .object(members)
    }
}
