import Foundation
import FoundationNetworking
import Kernel
import Testing

/// Somebody using a client, signed in or not: every call goes through the API as them.
struct Person: Sendable {
    var server: TestServer
    let tenant: String?
    var token: String?
    var refreshToken: String?
    var id: String = ""
    var email: String = ""

    private static let session: URLSession = {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = 64
        configuration.timeoutIntervalForRequest = 180
        return URLSession(configuration: configuration)
    }()

    func get(_ path: String, headers: [String: String] = [:]) async throws -> Answer { try await send("GET", path, nil, headers) }

    func post(_ path: String, _ body: JSON = [:], headers: [String: String] = [:]) async throws -> Answer {
        try await send("POST", path, body, headers)
    }

    func patch(_ path: String, _ body: JSON, headers: [String: String] = [:]) async throws -> Answer {
        try await send("PATCH", path, body, headers)
    }

    func put(_ path: String, _ body: JSON, headers: [String: String] = [:]) async throws -> Answer {
        try await send("PUT", path, body, headers)
    }

    func delete(_ path: String, _ body: JSON? = nil) async throws -> Answer { try await send("DELETE", path, body, [:]) }

    func upload(
        _ path: String,
        file: Data,
        name: String,
        fields: [String: String] = [:],
        headers: [String: String] = [:]
    ) async throws -> Answer {
        let boundary = "boundary-of-the-test"
        var body = Data()
        for (field, value) in fields {
            body.append(Data("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n".utf8))
        }
        body.append(Data("--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n".utf8))
        body.append(Data("Content-Type: application/octet-stream\r\n\r\n".utf8) + file + Data("\r\n--\(boundary)--\r\n".utf8))
        return try await send("POST", path, raw: body, type: "multipart/form-data; boundary=\(boundary)", headers)
    }

    private func send(_ method: String, _ path: String, _ body: JSON?, _ headers: [String: String]) async throws -> Answer {
        try await send(method, path, raw: body.map { Data(named($0, at: path).canonicalBytes) }, type: "application/json", headers)
    }

    /// Before sign-in the body names the tenant; a mailed token names it itself.
    private func named(_ body: JSON, at path: String) -> JSON {
        guard token == nil, let tenant, path.hasPrefix("/auth/"), case .object(var members) = body,
            members["token"] == nil, members["refreshToken"] == nil, members["tenantCode"] == nil
        else { return body }
        members["tenantCode"] = .string(tenant)
        return .object(members)
    }

    func send(
        _ method: String,
        _ path: String,
        raw: Data?,
        type: String,
        _ headers: [String: String] = [:]
    ) async throws -> Answer {
        let address =
            path.hasPrefix("/api") || path.hasPrefix("/healthz") || path.hasPrefix("/readyz") || path.hasPrefix("/metrics")
            ? path : "/api/v1\(path)"
        var request = URLRequest(url: try #require(URL(string: server.url.absoluteString + address)))
        request.httpMethod = method
        if let raw {
            request.httpBody = raw
            request.setValue(type, forHTTPHeaderField: "Content-Type")
        }
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await Self.session.data(for: request)
        let answer = try Answer(try #require(response as? HTTPURLResponse), data)
        let problems = server.contract.problems(method, String(address.prefix { $0 != "?" }), answer)
        #expect(problems == [], "The answer is not what the operation promises.")
        return answer
    }
}

/// The response.
struct Answer: Sendable {
    let status: Int
    let headers: [String: String]
    let bytes: Data
    let json: JSON

    init(_ response: HTTPURLResponse, _ bytes: Data) throws {
        status = response.statusCode
        headers = Dictionary(
            response.allHeaderFields.map { (("\($0.key)").lowercased(), "\($0.value)") },
            uniquingKeysWith: { first, _ in first }
        )
        self.bytes = bytes
        let isJSON = headers["content-type"]?.hasPrefix("application/json") ?? false
        json = isJSON && !bytes.isEmpty ? try JSON(parsing: bytes) : .null
    }

    var data: JSON { json["data"] ?? .null }
    var id: String { data["id"]?.string ?? "" }
    var items: [JSON] { data.items }
    /// The failure's code.
    var code: String? { json["error"]?["code"]?.string }
    var message: String? { json["error"]?["message"]?.string }
    var details: JSON { json["error"]?["details"] ?? .null }

    /// Returns an answer that has the expected status; otherwise fails the test with what the server said.
    @discardableResult
    func expect(_ wanted: Int, sourceLocation: SourceLocation = #_sourceLocation) -> Answer {
        #expect(status == wanted, "\(String(decoding: bytes.prefix(2000), as: UTF8.self))", sourceLocation: sourceLocation)
        return self
    }
}

extension JSON {
    subscript(_ index: Int) -> JSON? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    var items: [JSON] {
        guard case .array(let elements) = self["items"] ?? self else { return [] }
        return elements
    }

    /// An object's names.
    var names: [String] {
        guard case .object(let members) = self else { return [] }
        return Array(members.keys)
    }

    var double: Double? {
        switch self {
        case .number(let number): number
        case .integer(let number): Double(number)
        default: nil
        }
    }

    var int: Int? {
        guard case .integer(let number) = self else { return nil }
        return number
    }
}
