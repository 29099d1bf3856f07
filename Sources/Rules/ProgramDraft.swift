import Crypto
import Foundation
import Kernel

/// Rules that share a program: those with the same versions of libraries, as many as fit into one message to the runner. Fewer programs
/// mean that a runner rarely has to load another.
struct ProgramDraft {
    /// Leaves room in a message of 1 MiB for the vocabulary.
    private static let limit = 700 << 10

    private(set) var rules: [PublishedRule] = []
    private var modules: [String: String] = [:]
    private var size = 0

    static func packing(_ rules: [PublishedRule]) -> [ProgramDraft] {
        rules.reduce(into: []) { drafts, rule in
            if let index = drafts.firstIndex(where: { $0.takes(rule) }) {
                drafts[index].add(rule)
            } else {
                var draft = ProgramDraft()
                draft.add(rule)
                drafts.append(draft)
            }
        }
    }

    private func takes(_ rule: PublishedRule) -> Bool {
        size + Self.size(of: rule) <= Self.limit && rule.modules.allSatisfy { modules[$0.key] == nil || modules[$0.key] == $0.value }
    }

    private mutating func add(_ rule: PublishedRule) {
        rules.append(rule)
        modules.merge(rule.modules) { first, _ in first }
        size += Self.size(of: rule)
    }

    /// As JSON, where a line break takes six bytes.
    private static func size(of rule: PublishedRule) -> Int {
        JSON.string(rule.source).canonicalBytes.count + JSON.object(rule.modules.mapValues(JSON.string)).canonicalBytes.count
    }

    func program(tenant: Identifier<Tenant>, vocabulary: RunnerVocabulary) -> RunnerProgram {
        let versions = SHA256.hash(data: Data(rules.map(\.version.description).joined().utf8))
        return RunnerProgram(
            key: "\(tenant)/" + versions.prefix(8).map { String($0, radix: 16) }.joined(separator: "-"),
            scripts: rules.map { .init(id: $0.script.description, name: $0.name, source: $0.source, grants: $0.grants) },
            modules: modules,
            vocabulary: vocabulary
        )
    }
}
