import Foundation
package import Rules

/// A script in a file. `NAME/rule.lua` is the rule NAME; another file next to a rule, or in a folder `lib`, is a library named after the
/// file.
package struct RuleFile: Sendable {
    package let path: String
    package let name: String
    package let kind: ScriptKind
    package let source: String
    /// From the `rule.json` next to a rule; nil means all.
    package let grants: [String]?
    /// The libraries that can be required from here: name to path.
    let shelf: [String: String]

    package init(_ path: String) throws(CommandError) {
        let url = URL(fileURLWithPath: path).standardizedFileURL
        let folder = url.deletingLastPathComponent()
        let stem = url.deletingPathExtension().lastPathComponent
        self.path = path
        kind = Self.isLibrary(url, in: folder) ? .library : .rule
        name = stem == "rule" ? folder.lastPathComponent : stem
        source = try Disk.text(path)
        grants = kind == .rule ? try Self.grants(folder) : nil
        shelf = Self.shelf(of: url, in: folder)
    }

    private static func isLibrary(_ url: URL, in folder: URL) -> Bool {
        guard url.lastPathComponent != "rule.lua" else { return false }
        return folder.lastPathComponent == "lib" || Disk.exists(folder.appending(path: "rule.lua").path)
    }

    /// Next to the file, in its `lib`, and in the `lib` that several rules share; the nearest wins.
    private static func shelf(of url: URL, in folder: URL) -> [String: String] {
        let places = [folder, folder.appending(path: "lib"), folder.deletingLastPathComponent().appending(path: "lib")]
        return places.reduce(into: [:]) { shelf, place in
            for file in Disk.files(in: place.path, ending: "lua") where file != "rule.lua" {
                let path = place.appending(path: file)
                let name = String(file.dropLast(4))
                if path.path != url.path, shelf[name] == nil { shelf[name] = Disk.displayed(path.path) }
            }
        }
    }

    /// The settings of a rule in the file next to it.
    private struct RuleSettings: Codable {
        let grants: [String]?
    }

    private static func grants(_ folder: URL) throws(CommandError) -> [String]? {
        let path = folder.appending(path: "rule.json").path
        guard Disk.exists(path) else { return nil }
        return try Disk.strict(RuleSettings.self, at: path).grants
    }

    /// The libraries that it names.
    var requirements: [String] { Rules.requirements(of: source).map(\.name) }

    package var draft: SourceDraft { SourceDraft(name: name, kind: kind, source: source, grants: grants) }

    package func libraries() throws(CommandError) -> [String: String] {
        var sources: [String: String] = [:]
        for (name, path) in shelf { sources[name] = try Disk.text(path) }
        return sources
    }
}
