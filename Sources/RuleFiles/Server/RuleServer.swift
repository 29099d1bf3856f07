import CCurl
import Foundation
package import Kernel

/// A server, spoken to with a tenant's API key. It blocks: a command has nothing else to do meanwhile.
package final class RuleServer {
    /// The address without what every path begins with; two ways of writing one are the same server.
    package let address: String
    private let key: String
    private let connection: OpaquePointer

    package init(_ url: String, key: String?) throws(CommandTrouble) {
        guard let parts = URLComponents(string: url), ["http", "https"].contains(parts.scheme), parts.host?.isEmpty == false else {
            throw CommandTrouble("\(url): Is no address such as https://hiring.example.com.")
        }
        guard let key, !key.isEmpty else {
            throw CommandTrouble(
                "Set TENURE_API_KEY to the tenant's API key. An administrator makes one with the scope rules:write: POST /api/v1/enterprise/api-keys"
            )
        }
        guard let connection = ccurl_http_open() else { throw CommandTrouble("libcurl could not be started.") }
        var address = url[...]
        while address.hasSuffix("/") { address = address.dropLast() }
        self.address = String(address.hasSuffix("/api/v1") ? address.dropLast(7) : address)
        self.key = key
        self.connection = connection
    }

    deinit {
        ccurl_http_close(connection)
    }

    /// Whether the key is sent where others can read it.
    package var isOpenToReaders: Bool {
        guard let parts = URLComponents(string: address), parts.scheme == "http" else { return false }
        return !["localhost", "127.0.0.1", "[::1]"].contains(parts.host)
    }

    package func get(_ path: String) throws -> JSON { try call("GET", path) }

    /// The data of the answer. A server that is busy is asked again; the key of the call lets nothing be done twice.
    package func call(_ method: String, _ path: String, _ body: JSON? = nil, expecting version: Int? = nil) throws -> JSON {
        var headers = [
            "Authorization: Bearer \(key)", "Content-Type: application/json", "Idempotency-Key: \(UUID().uuidString)", "Expect:",
        ]
        if let version { headers.append("If-Match: \"\(version)\"") }
        var patience = 3
        while true {
            let (status, answer) = try exchange(method, path, headers, body)
            if (200..<300).contains(status) { return answer["data"] ?? .null }
            let refusal = ServerRefusal(status: status, answer)
            guard let wait = refusal.wait, patience > 0 else { throw refusal }
            patience -= 1
            Thread.sleep(forTimeInterval: Double(wait))
        }
    }

    private func exchange(_ method: String, _ path: String, _ headers: [String], _ body: JSON?) throws -> (Int, JSON) {
        let bytes = body?.canonicalBytes.map { CChar(bitPattern: $0) }
        var answer = withCStrings([method, "\(address)/api/v1\(path)"] + headers) { texts in
            let perform = { [connection] (body: UnsafePointer<CChar>?) in
                ccurl_http_perform(
                    connection,
                    ccurl_http_request(
                        method: texts[0],
                        url: texts[1],
                        headers: texts.baseAddress.map { $0 + 2 },
                        header_count: headers.count,
                        body: body,
                        length: bytes?.count ?? 0,
                        connect_timeout_ms: 10_000,
                        timeout_ms: 60_000
                    )
                )
            }
            return bytes?.withUnsafeBufferPointer { perform($0.baseAddress) } ?? perform(nil)
        }
        guard answer.code == 0 else {
            let words = withUnsafeBytes(of: &answer.text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            throw CommandTrouble("\(address): \(words)")
        }
        let text = UnsafeRawBufferPointer(start: answer.body, count: answer.length)
        if text.isEmpty { return (answer.status, .null) }
        guard let json = try? JSON(parsing: text) else {
            throw CommandTrouble("\(address): Status \(answer.status), and no answer of Tenure.")
        }
        return (answer.status, json)
    }
}

/// What the server said no with.
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
        if status == 401 { return "The server does not know this key, or it has ended." }
        let fields = details.sorted { $0.key < $1.key }.compactMap { field in field.value.string.map { " \(field.key): \($0)" } }
        return message + fields.joined()
    }

    /// Seconds after which to ask again, where that is worth while.
    fileprivate var wait: Int? {
        guard status == 503 || status == 429, case .integer(let seconds)? = details["retryAfter"], seconds <= 10 else { return nil }
        return seconds
    }
}

private func withCStrings<R>(_ strings: [String], _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> R) -> R {
    let copies = strings.map { UnsafePointer<CChar>(strdup($0)) }
    defer { for copy in copies { free(UnsafeMutableRawPointer(mutating: copy)) } }
    return copies.withUnsafeBufferPointer(body)
}
