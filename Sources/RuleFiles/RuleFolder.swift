import Foundation
import Rules

/// All the scripts in a directory, in the order of their paths.
package struct RuleFolder: Sendable {
    package let path: String
    package let rules: [RuleFile]
    package let libraries: [RuleFile]

    package init(_ path: String) throws(CommandError) {
        let root = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        guard Disk.isDirectory(root) else { throw CommandError("\(path): Is not a directory.") }
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

    /// Whether all rules may use it: only such libraries are uploaded.
    func isShared(_ library: RuleFile) -> Bool {
        URL(fileURLWithPath: library.path).deletingLastPathComponent().standardizedFileURL
            == URL(fileURLWithPath: "\(path)/lib").standardizedFileURL
    }

    /// Each after the ones that it requires.
    var sharedLibrariesInOrder: [RuleFile] {
        var ordered: [RuleFile] = []
        func add(_ file: RuleFile, below: [String]) {
            guard !ordered.contains(where: { $0.name == file.name }), !below.contains(file.name) else { return }
            for name in file.requirements {
                if let library = shared(name) { add(library, below: below + [file.name]) }
            }
            ordered.append(file)
        }
        for file in libraries where isShared(file) { add(file, below: []) }
        return ordered
    }

    /// The names of everything that a script requires, directly or indirectly.
    func libraries(under file: RuleFile) -> Set<String> {
        var found: Set<String> = []
        var open = file.requirements
        while let name = open.popLast() {
            if found.insert(name).inserted { open += shared(name)?.requirements ?? [] }
        }
        return found
    }

    private func shared(_ name: String) -> RuleFile? { libraries.first { $0.name == name && isShared($0) } }
}
