import Crypto
import Foundation
import FoundationNetworking
import Identity
import Kernel
import Postgres
import Testing

/// A tenant of one test's own.
struct TestTenant: Sendable {
    let house: IdentityHouse
    let id = Identifier<Tenant>()

    init() async throws {
        house = try await IdentityHouse.shared
        let now = Date()
        try await execute(
            """
            INSERT INTO tenants (id, code, name, created_at, updated_at)
            VALUES (\(id), \(id.description), 'Test', \(now), \(now))
            """
        )
        try await execute("INSERT INTO tenant_names (name, tenant_id) VALUES (\(id.description), \(id))")
    }

    func visitor() -> Person { Person(tenant: self, token: nil) }
    func person(token: String) -> Person { Person(tenant: self, token: token) }

    func execute(_ statement: SQL) async throws { _ = try await house.operatorPool.query(statement) }

    func count(_ statement: SQL) async throws -> Int {
        try await house.operatorPool.query(statement)[0](0)
    }

    /// Does the tenant's pending work and answers with the newest mail to an address.
    func mail(to address: String) async throws -> String {
        let rows = try await house.operatorPool.query(
            "DELETE FROM work WHERE tenant_id = \(id) AND name = 'identity.send_account_mail' RETURNING payload"
        )
        let handler = try #require(house.identity.work.first)
        for row in rows {
            let payload = Data(try #require(try row.raw("payload")))
            // Twice, as work may be done: the second mail is the same.
            try await handler.perform(payload, SystemActor(tenant: id))
            try await handler.perform(payload, SystemActor(tenant: id))
        }
        let texts = house.outbox.texts(to: address, in: id)
        #expect(Set(texts).count == 1)
        return try #require(texts.last)
    }

    /// An access token with other claims, signed with the server's own secret.
    func accessToken(changing claims: JSON, _ change: (inout [String: JSON]) -> Void) throws -> String {
        guard case .object(var members) = claims else { throw CancellationError() }
        change(&members)
        let header = base64URL(Data(#"{"alg":"HS256","typ":"at+jwt"}"#.utf8))
        let unsigned = "\(header).\(base64URL(Data(JSON.object(members).text.utf8)))"
        let key = SymmetricKey(data: Data(IdentityHouse.secret.utf8))
        return "\(unsigned).\(base64URL(Data(HMAC<SHA256>.authenticationCode(for: Data(unsigned.utf8), using: key))))"
    }
}

/// Somebody with an account, signed in.
struct Account: Sendable {
    let tenant: TestTenant
    let email: String
    let id: String
    let accessToken: String
    let refreshToken: String

    init(
        in tenant: TestTenant,
        email: String = "ada@example.com",
        firstName: String = "Ada",
        role: String = "candidate"
    ) async throws {
        let body: JSON = [
            "email": .string(email), "password": "Passw0rd!", "firstName": .string(firstName), "role": .string(role),
        ]
        try self.init(tenant, email, try await tenant.visitor().post("/auth/register", body))
    }

    private init(_ tenant: TestTenant, _ email: String, _ answer: Answer) throws {
        self.tenant = tenant
        self.email = email
        id = try #require(answer.data["user"]?["id"]?.string)
        accessToken = try #require(answer.data["accessToken"]?.string)
        refreshToken = try #require(answer.data["refreshToken"]?.string)
    }

    var person: Person { tenant.person(token: accessToken) }

    var claims: JSON? {
        accessToken.split(separator: ".").dropFirst().first.flatMap { Base64URL.decode($0) }.flatMap { try? JSON(parsing: Array($0)) }
    }

    func refresh(_ token: String) async throws -> Answer {
        try await tenant.visitor().post("/auth/refresh-token", ["refreshToken": .string(token)])
    }

    func signInAgain() async throws -> Account {
        try Account(tenant, email, try await tenant.visitor().post("/auth/login", ["email": .string(email), "password": "Passw0rd!"]))
    }
}

/// The envelope of an answer.
struct Answer: Sendable {
    let status: Int
    let json: JSON

    var data: JSON { json["data"] ?? .null }
    var code: String? { json["error"]?["code"]?.string }
    var message: String? { json["error"]?["message"]?.string }
    var details: JSON { json["error"]?["details"] ?? .null }

    var items: [JSON] {
        guard case .array(let items)? = data["items"] else { return [] }
        return items
    }
}

/// Somebody at a keyboard, with a token or without.
struct Person: Sendable {
    let tenant: TestTenant
    let token: String?

    func get(_ path: String) async throws -> Answer { try await send("GET", path, nil) }
    func post(_ path: String, _ body: JSON = [:]) async throws -> Answer { try await send("POST", path, body) }
    func patch(_ path: String, _ body: JSON) async throws -> Answer { try await send("PATCH", path, body) }
    func delete(_ path: String, _ body: JSON? = nil) async throws -> Answer { try await send("DELETE", path, body) }

    func upload(_ path: String, file: [UInt8], named name: String) async throws -> Answer {
        let boundary = "a-boundary-of-the-tests"
        let head = """
            --\(boundary)\r
            Content-Disposition: form-data; name="file"; filename="\(name)"\r
            Content-Type: application/octet-stream\r
            \r

            """
        let body = Array(head.utf8) + file + Array("\r\n--\(boundary)--\r\n".utf8)
        return try await send("POST", path, ["Content-Type": "multipart/form-data; boundary=\(boundary)"], body)
    }

    func download(_ path: String) async throws -> (bytes: [UInt8], mediaType: String?) {
        let (bytes, response) = try await exchange("GET", path, [:], [])
        return (bytes, response.value(forHTTPHeaderField: "Content-Type"))
    }

    private func send(_ method: String, _ path: String, _ body: JSON?) async throws -> Answer {
        var body = body
        // Before sign-in the body names the tenant; a token of a mail names it itself.
        if token == nil, case .object(var members)? = body, members["token"] == nil, members["refreshToken"] == nil,
            members["tenantCode"] == nil
        {
            members["tenantCode"] = .string(tenant.id.description)
            body = .object(members)
        }
        let bytes = body.map { Array($0.text.utf8) } ?? []
        return try await send(method, path, body == nil ? [:] : ["Content-Type": "application/json"], bytes)
    }

    private func send(_ method: String, _ path: String, _ headers: [String: String], _ body: [UInt8]) async throws -> Answer {
        let (bytes, response) = try await exchange(method, path, headers, body)
        return Answer(status: response.statusCode, json: bytes.isEmpty ? .null : try JSON(parsing: bytes))
    }

    private func exchange(
        _ method: String,
        _ path: String,
        _ headers: [String: String],
        _ body: [UInt8]
    ) async throws -> ([UInt8], HTTPURLResponse) {
        var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(tenant.house.port)/api/v1\(path)")))
        request.httpMethod = method
        if !body.isEmpty { request.httpBody = Data(body) }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        let (bytes, response) = try await URLSession.shared.data(for: request)
        return (Array(bytes), try #require(response as? HTTPURLResponse))
    }
}

func base64URL(_ bytes: Data) -> String { Base64URL.encode(bytes) }

/// The token of a reset or invitation mail.
func resetToken(in mail: String) -> String? {
    mail.split(separator: "\n").first { $0.hasPrefix("pr_") }.map(String.init)
}

/// Asks again until the answer is yes, for ten seconds at most.
func eventually(_ condition: () async throws -> Bool) async throws {
    let limit = ContinuousClock.now + .seconds(10)
    while try await !condition() {
        guard ContinuousClock.now < limit else { throw TookTooLong() }
        try await Task.sleep(for: .milliseconds(5))
    }
}

struct TookTooLong: Error {}
