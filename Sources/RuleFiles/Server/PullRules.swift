import Foundation
import Kernel
import Rules

/// Writes the drafts of a server's scripts into a directory. Fixtures, and files that were only changed here, stay as they are.
package struct RulePull {
    private let folder: String
    private let address: String
    private let overwrites: Bool
    private let scripts: [String: ServerScript]

    package init(into folder: String, from server: RuleServer, overwrites: Bool) async throws {
        self.folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        address = server.address
        self.overwrites = overwrites
        scripts = try await server.scripts()
    }

    package var names: [String] { Array(scripts.keys) }

    package func run(_ tell: (SyncLine) -> Void) throws {
        try Disk.makeFolder(folder)
        var ledger = try Ledger(of: folder, with: address)
        for script in scripts.values.sorted(by: { $0.name < $1.name }) { tell(try pull(script, &ledger)) }
        let local = try RuleFolder(folder)
        for file in local.libraries + local.rules where scripts[file.name] == nil { tell(SyncLine(file.name, "only here")) }
    }

    private func pull(_ script: ServerScript, _ ledger: inout Ledger) throws(CommandError) -> SyncLine {
        guard script.hasFileName else { return SyncLine(script.name, "not written: no file can have this name", isTrouble: true) }
        let path = "\(folder)/\(script.place)"
        let former = Disk.exists(path) ? ScriptContent(try RuleFile(path)) : nil
        let agreed = ledger.digest(of: script.name)
        if former == script.content {
            try ledger.agree(on: script.name, script.content)
            return SyncLine(script.name, "unchanged")
        }
        if let former, former.digest != agreed, !overwrites {
            if agreed == script.content.digest { return SyncLine(script.name, "changed here, not pushed") }
            return SyncLine(script.name, "CONFLICT: changed here and on the server; --force takes the server's", isTrouble: true)
        }
        try write(script, to: path)
        try ledger.agree(on: script.name, script.content)
        return SyncLine(script.name, former == nil ? "written" : "updated")
    }

    private func write(_ script: ServerScript, to path: String) throws(CommandError) {
        let place = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try Disk.makeFolder(place)
        try Disk.write(script.draft, to: path)
        guard script.kind == .rule else { return }
        let settings = "\(place)/rule.json"
        if let grants = script.grants {
            try Disk.write(JSON.object(["grants": JSON(names: grants)]).text + "\n", to: settings)
        } else {
            try Disk.remove(settings)
        }
    }
}

extension ServerScript {
    fileprivate var place: String { kind == .rule ? "\(name)/rule.lua" : "lib/\(name).lua" }

    /// Scripts are named by the tenant, and a path is made from the name.
    fileprivate var hasFileName: Bool {
        !name.hasPrefix(".") && !name.contains { $0 == "/" || $0 == "\0" } && !(kind == .rule && name == "lib")
    }
}
