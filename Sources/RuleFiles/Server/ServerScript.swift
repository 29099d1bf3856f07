import Foundation
import Kernel
import Rules

/// A script on a server.
struct ServerScript: Decodable, Sendable {
    struct Version: Decodable, Sendable {
        let number: Int
        let source: String
        let grants: [String]?
        let publishedAt: Date
    }

    struct Shadow: Decodable, Sendable {
        let version: Int
    }

    let id: String
    let name: String
    let kind: ScriptKind
    let status: ScriptStatus
    let draft: String
    let grants: [String]?
    let version: Int
    let liveVersion: Int?
    let versions: [Version]
    let shadow: Shadow?

    var live: Version? { versions.first { $0.number == liveVersion } }

    var content: ScriptContent { content(draft, grants) }

    private var newest: Version? { versions.max { $0.number < $1.number } }

    /// Whether the draft went live, or into shadow, unchanged.
    var wasPublished: Bool { (status != .draft || shadow != nil) && newest.map { content($0.source, $0.grants) } == content }

    /// Why the newest version isn't the one that runs, for a list.
    var standing: String? {
        if status == .disabled { return "disabled on the server" }
        if let shadow, shadow.version == newest?.number { return "in shadow on the server" }
        return status == .live && liveVersion != newest?.number ? "another version is live on the server" : nil
    }

    /// A library does nothing by itself, so it has no grants.
    private func content(_ source: String, _ grants: [String]?) -> ScriptContent {
        ScriptContent(source: source, grants: kind == .rule ? grants : nil)
    }
}

extension RuleServer {
    /// All of the tenant's scripts, by name.
    func scripts() async throws -> [String: ServerScript] {
        var scripts: [String: ServerScript] = [:]
        var page = 1
        while true {
            let data = try await list(page: page)
            for summary in data["items"]?.elements ?? [] {
                let script = try await script(summary["id"]?.string ?? "")
                scripts[script.name] = script
            }
            guard case .integer(let pages)? = data["pagination"]?["pages"], page < pages else { return scripts }
            page += 1
        }
    }

    private func list(page: Int) async throws -> JSON {
        do {
            return try await get("/admin/scripts?limit=100&page=\(page)")
        } catch let refusal as ServerRefusal where refusal.status == 404 {
            throw CommandError("\(address): This is not a Tenure server.")
        }
    }

    func script(_ id: String) async throws -> ServerScript { try await script(get("/admin/scripts/\(id)")) }

    func script(_ view: JSON) throws -> ServerScript {
        do {
            return try Wire.decode(from: Data(view.canonicalBytes))
        } catch {
            throw CommandError("\(address): Its scripts can't be read: \(error)")
        }
    }
}
