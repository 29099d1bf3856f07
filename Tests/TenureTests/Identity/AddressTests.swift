import Foundation
import Kernel
import Postgres
import Testing

/// E-mail addresses: how they are written, and how an account gets another.
@Suite struct AddressTests {
    @Test func `an address in another script has one account, however its host is written`() async throws {
        let tenant = try await TestTenant()
        let code = String(UUID().uuidString.lowercased().prefix(8))
        let registered = try await tenant.register("candidate", "Ada", "info@m\u{FC}ller-\(code).example")
        let me = try await registered.get("/users/me").expect(200)
        let encoded = try #require(me.data["email"]?.string)
        #expect(encoded.hasPrefix("info@xn--mller-") && encoded.hasSuffix(".example"))
        let visitor = tenant.visitor()
        for spelling in ["Info@MU\u{308}LLER-\(code).example", "info@m\u{FC}ller-\(code)\u{3002}example", encoded.uppercased()] {
            let body: JSON = ["email": .string(spelling), "password": .string(TestServer.password)]
            try await visitor.post("/auth/login", body).expect(200)
            let again: JSON = ["email": .string(spelling), "password": .string(TestServer.password), "role": "candidate"]
            #expect(try await visitor.post("/auth/register", again).code == "EMAIL_TAKEN")
        }
        _ = try await tenant.server.letterbox.awaited(to: encoded, containing: "/confirm#token=ve_")
    }

    @Test(arguments: [
        "a..b@people.example", ".dot@people.example", "dot.@people.example", "a@people..example", "a@.people.example",
        "a@people.example.", "a@b@people.example", "a b@people.example", "a@-people.example", "a@people", "\u{FC}@people.example",
        "a@m\u{FC} ller.example", "a@m\u{FC}ller", "a@m\u{FC}ller..example", "\"a\"@people.example", "a@[127.0.0.1]",
    ])
    func `what is no address is refused wherever one is asked for`(address: String) async throws {
        let tenant = try await TestTenant()
        let visitor = tenant.visitor()
        let email = JSON.string(address)
        for (path, body) in [
            ("/auth/register", ["email": email, "password": "Right-pw-11", "role": "candidate"] as JSON),
            ("/auth/login", ["email": email, "password": "Right-pw-11"]), ("/auth/forgot-password", ["email": email]),
        ] {
            #expect(try await visitor.post(path, body).expect(400).details["email"] != nil, "\(path)")
        }
        let company = try await tenant.company()
        let invited = try await company.admin.post("/companies/\(company.id)/users", ["email": email, "role": "recruiter"])
        #expect(invited.expect(400).details["email"] != nil)
        let changed = try await company.admin.post("/users/me/email", ["email": email, "password": .string(TestServer.password)])
        #expect(changed.expect(400).details["email"] != nil)
    }

    private func link(to address: String, in tenant: TestTenant, after former: JSON = .null) async throws -> JSON {
        var token = former
        try await eventually(within: .seconds(60)) {
            let mail = try await tenant.server.letterbox.awaited(to: address, containing: "/change-address#token=ec_")
            let line = mail.split(whereSeparator: \.isNewline).first { $0.hasPrefix("ec_") }
            token = .string(String(try #require(line)))
            return token != former
        }
        return token
    }

    private func address() -> String { "\(UUID().uuidString.lowercased())@example.com" }

    private func ask(_ person: Person, _ address: String, _ password: String = TestServer.password) async throws -> Answer {
        try await person.post("/users/me/email", ["email": .string(address), "password": .string(password)])
    }

    @Test(arguments: [true, false])
    func `an account gets another address by the link that went to it, and the former one is told`(isProven: Bool) async throws {
        let tenant = try await TestTenant()
        let (slip, right) = (address(), address())
        let ada = isProven ? try await tenant.candidate(email: slip) : try await tenant.register("candidate", "Ada", slip)
        let other = try await ada.signInAgain()
        try await ask(ada, right).expect(202)
        #expect(try await ada.get("/users/me").data["email"] == .string(slip), "Nothing changes before the link is used.")
        let token = try await link(to: right, in: tenant)
        _ = try await tenant.server.letterbox.awaited(to: slip, containing: right)
        let confirmed = try await ada.post("/users/me/email/confirm", ["token": token]).expect(200)
        #expect(confirmed.data["email"] == .string(right))
        #expect(confirmed.data["emailVerified"] == .bool(true))
        try await ada.get("/users/me").expect(200)
        #expect(try await other.get("/users/me").status == 401, "Other sessions end.")
        #expect(try await other.refresh().status == 401)
        _ = try await tenant.server.letterbox.awaited(to: slip, containing: "Your e-mail address has changed")
        let visitor = tenant.visitor()
        func signIn(_ email: String) async throws -> Int {
            try await visitor.post("/auth/login", ["email": .string(email), "password": .string(TestServer.password)]).status
        }
        #expect(try await signIn(right) == 200)
        #expect(try await signIn(slip) == 401)
        #expect(try await ada.post("/users/me/email/confirm", ["token": token]).code == "CONFIRMATION_NOT_FOUND")
        let changes: SQL = """
            SELECT count(*) FROM events
            WHERE tenant_id = \(tenant.id) AND name = 'user.email_changed' AND payload ->> 'from' = \(slip) AND payload ->> 'to' = \(right)
            """
        #expect(try await tenant.count(changes) == 1)
        // The former address is free.
        _ = try await tenant.register("candidate", "Bo", slip)
    }

    @Test func `only its holder changes an account's address, with the password and the newest link`() async throws {
        let tenant = try await TestTenant()
        let (ada, bo) = (try await tenant.candidate("Ada"), try await tenant.candidate("Bo"))
        #expect(try await ask(ada, address(), "Wrong-Pass-1").code == "WRONG_PASSWORD")
        #expect(try await ask(ada, bo.email).code == "EMAIL_TAKEN")
        #expect(try await ask(ada, ada.email).expect(400).details["email"] != nil)
        #expect(try await tenant.visitor().post("/users/me/email", ["email": "a@example.com", "password": "x"]).status == 401)
        let (first, second) = (address(), address())
        try await ask(ada, first).expect(202)
        let old = try await link(to: first, in: tenant)
        try await ask(ada, second).expect(202)
        let new = try await link(to: second, in: tenant)
        #expect(try await ada.post("/users/me/email/confirm", ["token": old]).code == "CONFIRMATION_NOT_FOUND")
        #expect(try await bo.post("/users/me/email/confirm", ["token": new]).code == "CONFIRMATION_NOT_FOUND")
        #expect(try await ada.post("/auth/verify-email", ["token": new]).code == "CONFIRMATION_NOT_FOUND")
        #expect(try await tenant.visitor().post("/auth/reset-password", ["token": new, "newPassword": "Thiefs-Pass-1"]).status == 401)
        // Somebody else registered the address in the meantime.
        _ = try await tenant.register("candidate", "Cleo", second)
        #expect(try await ada.post("/users/me/email/confirm", ["token": new]).code == "EMAIL_TAKEN")
        #expect(try await ada.get("/users/me").data["email"] == .string(ada.email))
    }

    @Test func `a link that was mailed to the former address sets no password any more`() async throws {
        let tenant = try await TestTenant()
        let ada = try await tenant.candidate()
        try await tenant.visitor().post("/auth/forgot-password", ["email": .string(ada.email)]).expect(200)
        let reset = JSON.string(try #require(resetToken(in: try await tenant.mail(to: ada.email))))
        let right = address()
        try await ask(ada, right).expect(202)
        try await ada.post("/users/me/email/confirm", ["token": try await link(to: right, in: tenant)]).expect(200)
        let taken = try await tenant.visitor().post("/auth/reset-password", ["token": reset, "newPassword": "Thiefs-Pass-1"])
        #expect(taken.code == "RESET_TOKEN_INVALID")
    }

    @Test func `who has one account needs no tenant's code, and who has several does`() async throws {
        let (one, other) = (try await TestTenant(), try await TestTenant())
        let (single, several) = (address(), address())
        let visitor = Person(server: one.server, tenant: nil)
        _ = try await one.candidate(email: single)
        for tenant in [one, other] { _ = try await tenant.candidate(email: several) }
        func signIn(_ email: String) async throws -> Answer {
            try await visitor.post("/auth/login", ["email": .string(email), "password": .string(TestServer.password)])
        }
        let signedIn = Person(one, try await signIn(single).expect(200), email: single)
        #expect(signedIn.claims?["tenant"]?.string == one.id.description)
        let refused = try await signIn(several).expect(401)
        #expect(refused.code == "INVALID_CREDENTIALS")
        #expect(try await signIn(address()).expect(401).message == refused.message, "It doesn't tell who has an account.")

        // A mail from each.
        try await visitor.post("/auth/forgot-password", ["email": .string(several)]).expect(200)
        for tenant in [one, other] {
            let mail = try await tenant.mail(to: several)
            #expect(mail.contains(tenant.code))
            let token = JSON.string(try #require(resetToken(in: mail)))
            try await visitor.post("/auth/reset-password", ["token": token, "newPassword": "Other-Pass-1"]).expect(200)
        }
        // A suspended tenant doesn't count.
        try await Person.systemAdmin().patch("/admin/tenants/\(other.id)", ["status": "suspended"]).expect(200)
        try await visitor.post("/auth/login", ["email": .string(several), "password": "Other-Pass-1"]).expect(200)
    }
}
