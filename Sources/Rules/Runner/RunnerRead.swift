package import Kernel

/// A question that a running script waits for: `store.get {key}`, `store.list {prefix}` (an object of keys and values), or a read from the
/// vocabulary.
package struct RunnerRead: Sendable, Hashable {
    package let name: String
    package let arguments: [String: JSON]
}

/// The server's answer to a question.
package enum RunnerAnswer: Sendable, Hashable {
    /// `entity` is the type of the object, or of each in a list, so that it gets that entity's methods.
    case value(JSON, entity: String? = nil)
    /// Raised in the script as an error that it can catch.
    case failure(String)

    var message: [UInt8] {
        let bytes = json.with(["type": "answer"]).canonicalBytes
        let tooLarge = RunnerAnswer.failure("the answer is too large")
        return bytes.count <= RunnerLimits().input ? bytes : tooLarge.json.with(["type": "answer"]).canonicalBytes
    }

    var json: JSON {
        switch self {
        case .value(let value, nil): ["value": value]
        case .value(let value, let entity?): ["value": value, "entity": .string(entity)]
        case .failure(let reason): ["error": .string(reason)]
        }
    }

    init(_ json: JSON) {
        self = json["error"]?.string.map(RunnerAnswer.failure) ?? .value(json["value"] ?? .null, entity: json["entity"]?.string)
    }
}

/// Answers a run's questions.
package typealias RunnerHost = @Sendable (RunnerRead) async -> RunnerAnswer
