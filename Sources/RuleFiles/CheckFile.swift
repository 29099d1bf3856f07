package import Rules

/// What is wrong in a file, and where.
package struct FileProblem: Codable, Sendable, Hashable {
    package let file: String
    package let line: Int?
    package let message: String

    package var text: String { [file, line.map(String.init), " \(message)"].compactMap(\.self).joined(separator: ":") }
}

extension RuleFile {
    /// A file, or all the scripts in a directory.
    package static func all(at path: String) throws(CommandError) -> [RuleFile] {
        guard Disk.isDirectory(path) else { return [try RuleFile(path)] }
        let folder = try RuleFolder(path)
        return folder.libraries + folder.rules
    }

    package func check(with rules: Rules) async throws -> [FileProblem] {
        problems(try await rules.bench(draft, libraries: libraries()).problems)
    }

    /// A problem in a library is reported in the library's file.
    func problems(_ problems: [ScriptProblem]) -> [FileProblem] {
        problems.map { FileProblem(file: $0.script == name ? path : shelf[$0.script] ?? path, line: $0.line, message: $0.message) }
    }
}
