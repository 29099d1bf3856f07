import Foundation
import RegexBuilder

/// The program's own source, for what the compiler can't tell: that something is declared and never used, or twice.
struct SourceText: Sendable {
    struct File: Sendable {
        /// The name of the target.
        let target: String
        let name: String
        let text: String
    }

    static let files: [File] = {
        let sources = Checkout.folder.appending(path: "Sources")
        let paths = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        return paths.filter { $0.pathExtension == "swift" }.compactMap { path in
            let parts = path.path.dropFirst(sources.path.count + 1).split(separator: "/")
            guard let target = parts.first, let text = try? String(contentsOf: path, encoding: .utf8) else { return nil }
            return File(target: String(target), name: path.lastPathComponent, text: text)
        }
    }()

    static let all = files.map(\.text).joined(separator: "\n")

    /// How often each word appears in it.
    static let words: [Substring: Int] = {
        var words: [Substring: Int] = [:]
        for word in all.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "_") }) { words[word, default: 0] += 1 }
        return words
    }()

    /// The bodies of the extensions of a type, each with its file.
    static func extensions(of type: String) -> [(file: File, body: Substring)] {
        files.flatMap { file in
            file.text.matches(of: /(?ms)^extension (\w+)[^\n{]*\{\n(.*?)^\}/).filter { $0.1 == type }.map { (file, $0.2) }
        }
    }

    /// The `name` of each type that conforms to the protocol.
    static func named(_ conformance: Regex<Substring>) -> [String] {
        let declaration = Regex {
            "struct "
            OneOrMore(.word)
            ": "
            conformance
            /[^}]*?static let name = "/
            Capture { /[^"]+/ }
        }
        return files.flatMap { $0.text.matches(of: declaration).map { String($0.1) } }
    }
}
