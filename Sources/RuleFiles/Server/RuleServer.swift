import Foundation
package import Kernel
package import Outbound

/// A server, used with a tenant's API key.
package struct RuleServer: Sendable {
    /// The address without the API's common path, normalized so that two spellings are the same server.
    package let address: String
    private let key: String
    private let outbound: Outbound

    package init(_ url: String, key: String?, over outbound: Outbound) throws(CommandError) {
        guard let parts = URLComponents(string: url), ["http", "https"].contains(parts.scheme), parts.host?.isEmpty == false else {
            throw CommandError("\(url): Is not an address such as https://hiring.example.com.")
        }
        guard let key, !key.isEmpty else {
            throw CommandError(
                "Set TENURE_API_KEY to the tenant's API key. An administrator makes one with the scope rules:write: POST /api/v1/enterprise/api-keys"
            )
        }
        var address = url[...]
        while address.hasSuffix("/") { address = address.dropLast() }
        self.address = String(address.hasSuffix("/api/v1") ? address.dropLast(7) : address)
        self.key = key
        self.outbound = outbound
    }

    /// Whether the key is sent where others can read it.
    package var isOpenToReaders: Bool {
        guard let parts = URLComponents(string: address), parts.scheme == "http" else { return false }
        return !["localhost", "127.0.0.1", "[::1]"].contains(parts.host)
    }

    package func get(_ path: String) async throws -> JSON { try await call("GET", path) }

    /// Returns the answer's data. If the server is busy the call is repeated; its idempotency key keeps anything from being done twice.
    package func call(_ method: String, _ path: String, _ body: JSON? = nil, expecting version: Int? = nil) async throws -> JSON {
        var request = OutboundRequest(
            method,
            "\(address)/api/v1\(path)",
            headers: [
                ("Authorization", "Bearer \(key)"), ("Content-Type", "application/json"), ("Idempotency-Key", UUID().uuidString),
            ],
            body: body.map { Array($0.canonicalBytes) }
        )
        if let version { request.headers.append(("If-Match", "\"\(version)\"")) }
        var patience = 3
        while true {
            let (status, answer) = try await exchange(request)
            if (200..<300).contains(status) { return answer["data"] ?? .null }
            let refusal = ServerRefusal(status: status, answer)
            guard let wait = refusal.wait, patience > 0 else { throw refusal }
            patience -= 1
            try await Task.sleep(for: .seconds(wait))
        }
    }

    private func exchange(_ request: OutboundRequest) async throws(CommandError) -> (Int, JSON) {
        let answer: OutboundAnswer
        do throws(OutboundError) {
            // Larger than any answer of a real server; limits what a stranger can send.
            answer = try await outbound.send(request, to: .installation, for: "rules", OutboundLimits(time: .seconds(60), answer: 64 << 20))
        } catch {
            throw CommandError("\(address): \(error)")
        }
        if answer.body.isEmpty { return (answer.status, .null) }
        guard let json = try? JSON(parsing: answer.body) else {
            throw CommandError("\(address): Status \(answer.status), not an answer from Tenure.")
        }
        return (answer.status, json)
    }
}

/// The server's refusal.
package struct ServerRefusal: Error, CustomStringConvertible {
    package let status: Int
    package let code: String
    let message: String
    let details: [String: JSON]

    init(status: Int, _ answer: JSON) {
        self.status = status
        code = answer["error"]?["code"]?.string ?? ""
        message = answer["error"]?["message"]?.string ?? "Status \(status)."
        if case .object(let details)? = answer["error"]?["details"] { self.details = details } else { details = [:] }
    }

    package var description: String {
        if status == 401 { return "The server does not know this key, or it has expired." }
        let fields = details.sorted { $0.key < $1.key }.compactMap { field in field.value.string.map { " \(field.key): \($0)" } }
        return message + fields.joined()
    }

    /// Seconds after which to try again, if that is worthwhile.
    fileprivate var wait: Int? {
        guard status == 503 || status == 429, case .integer(let seconds)? = details["retryAfter"], seconds <= 10 else { return nil }
        return seconds
    }
}
