import Foundation
import Kernel

/// What a runner process is loaded with: the published scripts and libraries of one tenant, and their vocabulary. Immutable; `key` names
/// tenant and version, so that a process that already holds it need not load again. The part before its first slash is the owner, who
/// leaves one of the pool's processes to the others.
package struct RunnerProgram: Sendable {
    package struct Script: Sendable {
        package let id: String
        /// Named in error messages.
        package let name: String
        package let source: String
        /// Operations that it may use; nil means all.
        package let grants: [String]?

        package init(id: String, name: String, source: String, grants: [String]? = nil) {
            self.id = id
            self.name = name
            self.source = source
            self.grants = grants
        }
    }

    package let key: String
    let owner: String
    package let scriptIDs: Set<String>
    let vocabularyDigest: Data
    let message: [UInt8]

    package init(key: String, scripts: [Script], modules: [String: String] = [:], vocabulary: RunnerVocabulary) {
        self.key = key
        owner = String(key.prefix { $0 != "/" })
        scriptIDs = Set(scripts.map(\.id))
        vocabularyDigest = vocabulary.digest
        let message: JSON = [
            "type": "load",
            "modules": .object(modules.mapValues(JSON.string)),
            "scripts": .array(scripts.map(\.json)),
            "limits": ["instructions": 1_000_000, "memory": .integer(10 << 20)],
        ]
        self.message = message.with(vocabulary.members).canonicalBytes
    }

    /// Whether it fits into one message to the runner.
    package var fits: Bool { message.count <= RunnerChannel.messageLimit }
}

extension RunnerProgram.Script {
    fileprivate var json: JSON {
        var members: [String: JSON] = ["id": .string(id), "name": .string(name), "source": .string(source)]
        members["grants"] = grants.map(JSON.init(names:))
        return .object(members)
    }
}
