import Foundation
import Kernel
import Testing

@testable import Rules

/// A script in the folder Hostile: its first lines say what it tries and how its run may end.
struct HostileScript: Sendable, CustomTestStringConvertible {
    let name: String
    let source: String
    /// `failed instructions`, `failed runtime "words of the message"`, `completed "log"`, `rejected`, `killed time`.
    let ends: [String]

    var testDescription: String { name }

    /// Whatever no budget notices is ended by the clock.
    var mayMeetClock: Bool { ends.contains("killed time") }

    static let all: [HostileScript] = {
        let folder = Bundle.module.resourceURL?.appending(path: "Hostile")
        let files = folder.flatMap { try? FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil) } ?? []
        return files.filter { $0.pathExtension == "lua" }.compactMap(HostileScript.init).sorted { $0.name < $1.name }
    }()

    private init?(_ file: URL) {
        guard let data = try? Data(contentsOf: file) else { return nil }
        name = file.deletingPathExtension().lastPathComponent
        source = String(decoding: data, as: UTF8.self)
        guard let line = source.split(separator: "\n").first(where: { $0.hasPrefix("-- expect: ") }) else { return nil }
        ends = line.dropFirst("-- expect: ".count).split(separator: " or ").map(String.init)
    }

    func mayEnd(as result: RunnerResult) -> Bool { ends.contains { Self.matches($0, result) } }

    private static func matches(_ end: String, _ result: RunnerResult) -> Bool {
        let parts = end.split(separator: "\"", maxSplits: 1, omittingEmptySubsequences: false)
        let words = parts.count == 2 ? String(parts[1].dropLast()) : ""
        switch (result.outcome, parts[0].trimmingCharacters(in: .whitespaces)) {
        case (.completed, "completed"): return result.log.joined(separator: "|") == words
        case (.rejected, "rejected"), (.killed(.time), "killed time"): return true
        case (.failed(let fault), let kind):
            return kind == "failed \(fault.kind.rawValue)" && (words.isEmpty || fault.message.contains(words))
        default: return false
        }
    }
}
