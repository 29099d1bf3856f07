import Crypto
import Foundation
import Kernel

/// The parts of a script that people write, for comparing files and server.
struct ScriptContent: Hashable, Sendable {
    let source: String
    let grants: [String]?

    init(source: String, grants: [String]?) {
        self.source = source
        self.grants = grants?.sorted()
    }

    init(_ file: RuleFile) {
        self.init(source: file.source, grants: file.grants)
    }

    var digest: String {
        let json: JSON = ["source": .string(source), "grants": grants.map(JSON.init(names:)) ?? .null]
        return SHA256.hash(data: Data(json.canonicalBytes)).hexadecimal
    }
}
