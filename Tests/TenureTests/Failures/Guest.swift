import Foundation
import FoundationNetworking
import Kernel
import Testing

/// Somebody using a machine's server, which may go away in the middle of a call.
struct Guest: Sendable {
    let url: URL
    var token: String?
    var id = ""
    var email = ""

    private static let session: URLSession = {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = 32
        configuration.timeoutIntervalForRequest = 180
        return URLSession(configuration: configuration)
    }()

    func get(_ path: String) async throws -> Answer { try await send("GET", path) }

    func post(_ path: String, _ body: JSON = [:], headers: [String: String] = [:]) async throws -> Answer {
        try await send("POST", path, Data(body.canonicalBytes), headers)
    }

    /// The status of an answer; nil if there is none.
    func reach(_ path: String) async throws -> Int? {
        do { return try await get(path).status } catch is URLError { return nil }
    }

    /// The answer, or nil if the server went away before giving one.
    func attempt(_ path: String, headers: [String: String]) async throws -> Answer? {
        do { return try await post(path, headers: headers) } catch is URLError { return nil }
    }

    func upload(_ path: String, file: Data, name: String) async throws -> Answer {
        let head = "--boundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n"
        let body = Data(head.utf8) + file + Data("\r\n--boundary--\r\n".utf8)
        return try await send("POST", path, body, ["Content-Type": "multipart/form-data; boundary=boundary"])
    }

    private func send(_ method: String, _ path: String, _ body: Data? = nil, _ headers: [String: String] = [:]) async throws -> Answer {
        var request = URLRequest(url: url.appendingPathComponent(path))
        request.httpMethod = method
        request.httpBody = body
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await Self.session.data(for: request)
        return try Answer(try #require(response as? HTTPURLResponse), data)
    }
}
