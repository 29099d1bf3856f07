import Foundation
import FoundationNetworking
import Kernel
import Testing

@testable import Web

/// The console's server part: its session cookie, and that it serves nothing but its files.
struct ConsoleTests {
    private static let console = ["X-Tenure-Console": "1"]

    @Test func `a sign-in puts both tokens in a cookie and none in the answer`() async throws {
        let browser = try await Browser()
        let answer = try await browser.signIn().expect(200)
        let text = String(decoding: answer.bytes, as: UTF8.self)
        #expect(!text.contains("Token") && !text.contains("eyJ"))
        #expect(answer.data["user"]?["email"]?.string == browser.admin.email)
        let cookie = try #require(answer.headers["set-cookie"])
        for attribute in ["HttpOnly", "SameSite=Strict", "Path=/"] { #expect(cookie.contains(attribute)) }
    }

    @Test func `the cookie counts only together with the console's header`() async throws {
        let browser = try await Browser()
        let cookie = try await browser.cookie()
        try await browser.send("GET", "/api/v1/users/me", cookie: cookie).expect(200)
        try await browser.send("GET", "/api/v1/users/me", cookie: cookie, headers: [:]).expect(401)
        try await browser.send("POST", "/admin/session", cookie: nil, headers: [:], body: browser.credentials).expect(403)
        try await browser.send("DELETE", "/admin/session", cookie: cookie, headers: [:]).expect(403)
        try await browser.send("GET", "/api/v1/users/me", cookie: cookie).expect(200)
    }

    @Test func `a form cannot sign anybody in`() async throws {
        let browser = try await Browser()
        let headers = Self.console.merging(["Content-Type": "text/plain"]) { own, _ in own }
        try await browser.send("POST", "/admin/session", cookie: nil, headers: headers, body: browser.credentials).expect(415)
    }

    @Test func `a wrong password gets no cookie`() async throws {
        let browser = try await Browser()
        let answer = try await browser.send(
            "POST",
            "/admin/session",
            cookie: nil,
            body: ["tenantCode": .string(browser.code), "email": "nobody@example.com", "password": "wrong"]
        )
        answer.expect(401)
        #expect(answer.headers["set-cookie"] == nil)
    }

    @Test func `an ended access token is renewed on the way, and a client that raced itself stays signed in`() async throws {
        let browser = try await Browser()
        let stale = try await browser.staleCookie()
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            for _ in 0..<4 { group.addTask { try await browser.send("GET", "/api/v1/users/me", cookie: stale) } }
            return try await group.reduce(into: [Answer]()) { $0.append($1) }
        }
        for answer in answers {
            answer.expect(200)
            let renewed = try Browser.value(answer.headers["set-cookie"])
            try await browser.send("GET", "/api/v1/users/me", cookie: renewed).expect(200)
        }
    }

    @Test func `signing out ends the session and the cookie, twice as well as once`() async throws {
        let browser = try await Browser()
        let cookie = try await browser.cookie()
        for _ in 0..<2 {
            let answer = try await browser.send("DELETE", "/admin/session", cookie: cookie).expect(204)
            #expect(answer.headers["set-cookie"]?.contains("Max-Age=0") == true)
        }
        let refused = try await browser.send("GET", "/api/v1/users/me", cookie: cookie).expect(401)
        #expect(refused.headers["set-cookie"]?.contains("Max-Age=0") == true)
    }

    @Test func `an expired session does not hinder public operations`() async throws {
        let browser = try await Browser()
        let cookie = try await browser.cookie()
        try await browser.send("DELETE", "/admin/session", cookie: cookie).expect(204)
        let body: JSON = ["tenantCode": .string(browser.code), "email": "somebody@example.com"]
        try await browser.send("POST", "/api/v1/auth/forgot-password", cookie: cookie, body: body).expect(200)
    }

    @Test func `over TLS the cookie is only for this host and TLS`() throws {
        let cookie = try ConsoleCookie(["accessToken": "a", "refreshToken": "b"])
        #expect(cookie.header(secure: true).hasPrefix("__Host-tenure_console=a~b; Path=/;"))
        #expect(cookie.header(secure: true).hasSuffix("Secure"))
        #expect(!cookie.header(secure: false).contains("Secure"))
    }

    @Test func `the console's files come with a strict policy and an ETag`() async throws {
        let browser = try await Browser()
        for path in ["/admin", "/admin/", "/admin/app.js", "/admin/style.css", "/reset-password"] {
            let answer = try await browser.send("GET", path, cookie: nil).expect(200)
            let policy = try #require(answer.headers["content-security-policy"])
            #expect(policy.hasPrefix("default-src 'none'") && !policy.contains("unsafe"))
            let tag = try #require(answer.headers["etag"])
            try await browser.send("GET", path, cookie: nil, headers: ["If-None-Match": tag]).expect(304)
        }
        try await browser.send("POST", "/admin/app.js", cookie: nil, body: [:]).expect(405)
    }

    @Test(arguments: [
        "/admin/../Package.swift", "/admin/%2e%2e/Package.swift", "/admin/..%2fPackage.swift", "/admin//etc/passwd",
        "/admin/vendor/codemirror/../../../../etc/passwd",
        "/admin/app.js%00.css", "/admin/app.js/", "/admin/.git/config",
    ])
    func `a path that leads elsewhere leads nowhere`(path: String) async throws {
        try await Browser().send("GET", path, cookie: nil).expect(404)
    }
}

/// A browser at the console of a tenant of its own.
private struct Browser: Sendable {
    let admin: Person
    let code: String
    private let server: TestServer

    init() async throws {
        let tenant = try await TestTenant()
        admin = try await tenant.admin()
        code = tenant.code
        server = try await TestServer.running
    }

    var credentials: JSON { ["tenantCode": .string(code), "email": .string(admin.email), "password": .string(TestServer.password)] }

    func signIn() async throws -> Answer { try await send("POST", "/admin/session", cookie: nil, body: credentials) }

    func cookie() async throws -> String { try Self.value(try await signIn().expect(200).headers["set-cookie"]) }

    /// Its state when the access token's 15 minutes are over: only the refresh token is still valid.
    func staleCookie() async throws -> String {
        let cookie = try await cookie()
        let name = cookie.prefix { $0 != "=" }
        let value = try #require(cookie.split(separator: "~").last)
        return "\(name)=an.ended.token~\(value)"
    }

    static func value(_ header: String?) throws -> String {
        let header = try #require(header)
        return String(header.prefix { $0 != ";" })
    }

    @discardableResult
    func send(
        _ method: String,
        _ path: String,
        cookie: String?,
        headers: [String: String] = ["X-Tenure-Console": "1"],
        body: JSON? = nil
    ) async throws -> Answer {
        var request = URLRequest(url: try #require(URL(string: server.url.absoluteString + path)))
        request.httpMethod = method
        request.httpShouldHandleCookies = false
        if let body {
            request.httpBody = Data(body.canonicalBytes)
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        }
        if let cookie { request.setValue(cookie, forHTTPHeaderField: "Cookie") }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await Self.session.data(for: request)
        return try Answer(try #require(response as? HTTPURLResponse), data)
    }

    // No cache: it would answer 304 with what it has.
    private static let session: URLSession = {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.urlCache = nil
        configuration.httpCookieStorage = nil
        configuration.timeoutIntervalForRequest = 180
        return URLSession(configuration: configuration)
    }()
}
