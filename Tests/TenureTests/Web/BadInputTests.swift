import Foundation
import Kernel
import Testing

/// What no client should send and some will.
@Suite struct BadInputTests {
    private static func send(_ text: String, type: String = "application/json", _ person: Person) async throws -> Answer {
        try await person.send("PATCH", "/users/me", raw: Data(text.utf8), type: type)
    }

    @Test(arguments: [
        #"{"firstName": "Ada""#, #"{"firstName" "Ada"}"#, #"{"firstName": "Ada",}"#, "{'firstName': 'Ada'}", "nonsense", "{} {}",
        #"{"firstName": "A", "firstName": "B"}"#, #"{"firstName": "\u0000"}"#, #"{"firstName": "\ud800"}"#, #"{"firstName": 1e999}"#,
    ])
    func `invalid JSON is refused, saying where`(text: String) async throws {
        let ada = try await TestTenant().candidate()
        let refused = try await Self.send(text, ada).expect(400)
        #expect(refused.code == "VALIDATION_ERROR")
        #expect(refused.details["body"]?.string?.contains("byte") ?? false)
        #expect(try await ada.get("/users/me").data["firstName"] == "Ada")
    }

    @Test(arguments: ["[]", "null", "5", "\"text\""]) func `a body that is not an object is refused`(text: String) async throws {
        let ada = try await TestTenant().candidate()
        #expect(try await Self.send(text, ada).expect(400).details["body"] != nil)
    }

    @Test func `a body nested without end is refused`() async throws {
        let ada = try await TestTenant().candidate()
        let deep = String(repeating: #"{"settings":"#, count: 5000) + "1" + String(repeating: "}", count: 5000)
        #expect(try await Self.send(deep, ada).expect(400).details["body"] != nil)
    }

    @Test func `bytes that are not UTF-8 are refused`() async throws {
        let ada = try await TestTenant().candidate()
        let body = Data(#"{"firstName": ""#.utf8) + Data([0xC3, 0x28]) + Data(#""}"#.utf8)
        let refused = try await ada.send("PATCH", "/users/me", raw: body, type: "application/json").expect(400)
        #expect(refused.details["body"] != nil)
    }

    @Test func `wrong types, unknown fields and over-long texts are named together`() async throws {
        let company = try await TestTenant().company()
        let refused = try await company.admin.post(
            "/jobs",
            [
                "companyId": 5, "title": .string(String(repeating: "x", count: 201)),
                "description": .string(String(repeating: "y", count: 20001)),
                "location": true, "openings": "3", "remote": true, "customFields": [1],
                "channels": [.string(String(repeating: "z", count: 61))],
            ]
        ).expect(400)
        let fields = ["companyId", "title", "description", "location", "openings", "remote", "customFields", "channels.0"]
        #expect(Set(refused.details.names) == Set(fields))
        for field in fields { #expect(refused.details[field]?.string?.isEmpty == false, "\(field)") }
    }

    @Test(arguments: ["x'; DROP TABLE users; --", "%_\\", "<script>alert(1)</script>", "\u{202E}evil", "𝕬𝖉𝖆 👩🏽‍🚀 é", "{{7*7}}", "$1 \\x00"])
    func `odd texts come back as they went in`(text: String) async throws {
        let ada = try await TestTenant().candidate()
        let changed = try await ada.patch("/users/me", ["lastName": .string(text)]).expect(200)
        #expect(changed.data["lastName"]?.string == text)
        #expect(try await ada.get("/users/me").data["lastName"]?.string == text)
    }

    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp", ""])
    func `a body of another kind is refused`(type: String) async throws {
        let ada = try await TestTenant().candidate()
        let refused = try await Self.send(#"{"firstName": "Eve"}"#, type: type, ada).expect(415)
        #expect(refused.code == "UNSUPPORTED_MEDIA_TYPE")
        try await Self.send(#"{"firstName": "Ada"}"#, type: "application/json; charset=utf-8", ada).expect(200)
    }

    @Test func `more than a mebibyte is too much`() async throws {
        let ada = try await TestTenant().candidate()
        let large = #"{"firstName": ""# + String(repeating: "x", count: 1_048_576) + #""}"#
        let refused = try await Self.send(large, ada).expect(413)
        #expect(refused.code == "PAYLOAD_TOO_LARGE")
        try await ada.get("/users/me").expect(200)
    }

    @Test func `a query is checked like a body`() async throws {
        let company = try await TestTenant().company()
        let refused = try await company.admin.get("/jobs?page=0&limit=many&status=gone&rank=1&companyId=5&q=").expect(400)
        #expect(refused.details["rank"] != nil)
        let known = try await company.admin.get("/jobs?page=0&limit=many&status=gone&companyId=5&q=").expect(400)
        #expect(Set(known.details.names) == ["page", "limit", "status", "companyId", "q"])
        #expect(try await company.admin.get("/jobs?page=1&page=2").expect(400).details["page"] != nil)
        #expect(try await company.admin.get("/jobs?q=%FF").expect(400).details["q"] != nil)
        #expect(try await company.admin.get("/jobs?q=%00").status == 400)
    }

    @Test func `an invalid id is a bad field, and an unknown path is not found`() async throws {
        let company = try await TestTenant().company()
        #expect(try await company.admin.get("/jobs/1%27%20OR%201=1").expect(400).details["id"] != nil)
        #expect(try await company.admin.get("/jobs/\(Identifier<User>())/nothing").expect(404).code == "NOT_FOUND")
        #expect(try await company.admin.get("/nothing").status == 404)
        #expect(try await company.admin.put("/jobs", [:]).expect(405).code == "METHOD_NOT_ALLOWED")
        #expect(try await company.admin.get("/../../etc/passwd").status == 404)
    }

    @Test func `a character that holds thousands of code points is not one character of text`() async throws {
        let company = try await TestTenant().company()
        let (application, _) = try await company.job().application()
        let piled = "o" + String(repeating: "\u{0301}", count: 5000)
        let refused = try await company.admin.post("/applications/\(application)/tags", ["tag": .string(piled)]).expect(400)
        #expect(refused.details["tag"] != nil)
        let password: JSON = .string("Aa1" + piled)
        let visitor = company.tenant.visitor()
        let registering: JSON = ["email": "piled@example.com", "password": password, "role": "candidate"]
        #expect(try await visitor.post("/auth/register", registering).expect(400).details["password"] != nil)
    }

    @Test(arguments: ["email", "password", "tenantCode"])
    func `hundreds of thousands of marks on one letter are refused at sign-in at no cost`(field: String) async throws {
        let piled = "o" + String(repeating: "\u{0301}\u{0316}", count: 200_000)
        let visitor = try await TestTenant().visitor()
        var body: [String: JSON] = ["email": "ada@example.com", "password": .string(TestServer.password)]
        body[field] = .string(piled)
        // Normalizing it by Unicode's rules would take minutes, and the client doesn't wait that long.
        #expect(try await visitor.post("/auth/login", .object(body)).expect(400).details[field] != nil)
    }

    @Test(arguments: ["0001-01-01T00:00:00+10:00", "9999-12-31T23:59:59-10:00", "10000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"])
    func `a time whose year could not be written again is refused`(moment: String) async throws {
        let company = try await TestTenant().company()
        let job = try await company.job()
        #expect(try await company.admin.patch("/jobs/\(job.id)", ["closesAt": .string(moment)]).expect(400).details["closesAt"] != nil)
    }

    @Test func `a header that is no bearer token signs nobody in`() async throws {
        let tenant = try await TestTenant()
        let ada = try await tenant.candidate()
        let token = try #require(ada.token)
        for header in ["Basic YTpi", token, "Bearer", "Bearer  ", "Bearer \(token) x", "Bearer \(token)x", "Bearer null"] {
            let refused = try await tenant.visitor().get("/users/me", headers: ["Authorization": header])
            #expect(refused.status == 401, "\(header)")
            #expect(refused.headers["www-authenticate"] == "Bearer")
        }
        try await tenant.visitor().get("/users/me", headers: ["Authorization": "bearer \(token)"]).expect(200)
    }

    @Test func `a token is valid only in its own tenant`() async throws {
        let (ours, theirs) = (try await TestTenant(), try await TestTenant())
        let ada = try await ours.candidate()
        let claims = try #require(ada.claims)
        let crossed = try ours.accessToken(changing: claims) { $0["tenant"] = .string(theirs.id.description) }
        #expect(try await ours.person(token: crossed).get("/users/me").status == 401)
        let promoted = try ours.accessToken(changing: claims) { $0["roles"] = ["tenantAdmin", "systemAdmin"] }
        #expect(try await ours.person(token: promoted).get("/admin/users").status == 403)
    }

    @Test func `a failure's answer reveals nothing internal`() async throws {
        let ada = try await TestTenant().candidate()
        let answer = try await ada.get("/jobs/\(Identifier<User>())").expect(404)
        #expect(answer.json["success"] == false)
        #expect(answer.json["meta"]?["requestId"]?.string?.isEmpty == false)
        #expect(answer.json["error"]?["message"] == "Job not found.")
        for word in ["SELECT", "swift", "Postgres", "libpq"] { #expect(!answer.json.text.contains(word)) }
    }
}
