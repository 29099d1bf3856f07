import Foundation
import Rules

/// All the scripts under a directory, in the order of their paths.
package struct RuleFolder: Sendable {
    package let path: String
    package let rules: [RuleFile]
    package let libraries: [RuleFile]

    package init(_ path: String) throws(FileTrouble) {
        let root = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        guard Disk.isDirectory(root) else { throw FileTrouble("\(path): Is no directory.") }
        var files: [RuleFile] = []
        for file in Self.scripts(under: root) { files.append(try RuleFile(file)) }
        self.path = root
        rules = files.filter { $0.kind == .rule }
        libraries = files.filter { $0.kind == .library }
    }

    private static func scripts(under folder: String) -> [String] {
        let here = Disk.files(in: folder, ending: "lua").map { "\(folder)/\($0)" }
        return here + Disk.folders(in: folder).flatMap { scripts(under: "\(folder)/\($0)") }
    }
}
