import Foundation
import Kernel

/// What a directory and a server last agreed on, kept in DIR/.tenure.json: it tells on which side a script was changed since.
struct Ledger {
    private let path: String
    private let server: String
    /// Server to script to the digest of its content.
    private var agreed: [String: [String: String]]

    init(of folder: String, with server: String) throws(CommandError) {
        path = "\(folder)/.tenure.json"
        self.server = server
        agreed = Disk.exists(path) ? try Disk.strict([String: [String: String]].self, at: path) : [:]
    }

    func digest(of script: String) -> String? { agreed[server]?[script] }

    /// Written at once, because a command may be stopped at any time.
    mutating func agree(on script: String, _ content: ScriptContent) throws(CommandError) {
        guard agreed[server]?[script] != content.digest else { return }
        agreed[server, default: [:]][script] = content.digest
        let servers = agreed.mapValues { JSON.object($0.mapValues(JSON.string)) }
        try Disk.write(JSON.object(servers).text + "\n", to: path)
    }
}
