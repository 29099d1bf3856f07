import Crypto
import Foundation
import Kernel

/// The operations and reads available to rules, each with the names of its positional parameters.
package struct RunnerVocabulary: Sendable, Hashable {
    /// `["application": ["move": ["status"]]]`: `application:move("screening")`.
    package var entities: [String: [String: [String]]]
    /// `["notify": []]`: `notify { text = "..." }`.
    package var functions: [String: [String]]
    /// `["find": ["entity", "id"]]`: answered by the run's host.
    package var reads: [String: [String]]

    package init(
        entities: [String: [String: [String]]] = [:],
        functions: [String: [String]] = [:],
        reads: [String: [String]] = [:]
    ) {
        self.entities = entities
        self.functions = functions
        self.reads = reads
    }
}

extension RunnerVocabulary: Codable {
    var members: [String: JSON] {
        [
            "entities": .object(entities.mapValues { .object($0.mapValues(JSON.init(names:))) }),
            "functions": .object(functions.mapValues(JSON.init(names:))),
            "reads": .object(reads.mapValues(JSON.init(names:))),
        ]
    }

    var text: String { JSON.object(members).text }

    /// Identifies it in receipts: a run that is executed again needs the vocabulary that it had.
    var digest: Data { Data(SHA256.hash(data: Data(text.utf8))) }
}
