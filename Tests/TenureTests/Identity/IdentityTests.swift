import Crypto
import Foundation
import Identity
import Kernel
import Postgres
import Testing

@testable import tenure

/// Accounts, passwords, sessions and tokens through the API.
@Suite struct IdentityTests {
    @Test func `somebody registers, signs in and is who they said`() async throws {
        let tenant = try await TestTenant()
        let visitor = tenant.visitor()
        let registered = try await visitor.post(
            "/auth/register",
            ["email": "Ada@Example.com", "password": .string(TestServer.password), "firstName": "Ada", "role": "candidate"]
        )
        #expect(registered.status == 201)
        #expect(registered.data["user"]?["email"] == "ada@example.com")
        #expect(registered.data["tokenType"] == "Bearer")
        #expect(registered.data["expiresIn"] == 900)
        let signedIn = try await visitor.post("/auth/login", ["email": "ada@example.com", "password": .string(TestServer.password)])
        #expect(signedIn.status == 200)
        let ada = tenant.person(token: try #require(signedIn.data["accessToken"]?.string))
        let me = try await ada.get("/users/me")
        #expect(me.data["id"] == registered.data["user"]?["id"])
        #expect(me.data["roles"] == ["candidate"])
        #expect(me.data["tier"] == "free")
    }

    @Test func `every bad field of a registration is named and nothing is written`() async throws {
        let tenant = try await TestTenant()
        let visitor = tenant.visitor()
        let body: JSON = [
            "email": "ada", "password": "password", "firstName": .string(String(repeating: "x", count: 101)), "role": "tenantAdmin",
            "admin": true,
        ]
        let refused = try await visitor.post("/auth/register", body)
        #expect(refused.status == 400)
        #expect(refused.code == "VALIDATION_ERROR")
        for field in ["email", "password", "firstName", "role", "admin"] { #expect(refused.details[field] != nil) }
        #expect(try await tenant.count("SELECT count(*) FROM users WHERE tenant_id = \(tenant.id) AND status = 'active'") == 0)
    }

    @Test func `an address has one account in a tenant and may have another elsewhere`() async throws {
        let first = try await TestTenant()
        let second = try await TestTenant()
        let body: JSON = ["email": "ada@example.com", "password": .string(TestServer.password), "role": "candidate"]
        #expect(try await first.visitor().post("/auth/register", body).status == 201)
        let again = try await first.visitor().post("/auth/register", body)
        #expect(again.status == 409)
        #expect(again.code == "EMAIL_TAKEN")
        #expect(try await second.visitor().post("/auth/register", body).status == 201)
    }

    @Test func `a wrong password and an unknown account look alike`() async throws {
        let tenant = try await TestTenant()
        _ = try await tenant.candidate(email: "ada@example.com")
        let wrong = try await tenant.visitor().post("/auth/login", ["email": "ada@example.com", "password": "Passw0rd?"])
        let unknown = try await tenant.visitor().post(
            "/auth/login",
            ["email": "bob@example.com", "password": .string(TestServer.password)]
        )
        #expect(wrong.status == 401)
        #expect(wrong.code == "INVALID_CREDENTIALS")
        #expect(unknown.status == wrong.status)
        #expect(unknown.code == wrong.code)
        #expect(unknown.message == wrong.message)
    }

    @Test func `an unknown tenant is reported as not found`() async throws {
        let visitor = try await TestTenant().visitor()
        let refused = try await visitor.post("/auth/login", ["email": "a@example.com", "password": "x", "tenantCode": "no-such-tenant"])
        #expect(refused.status == 404)
        #expect(refused.code == "TENANT_NOT_FOUND")
    }

    @Test func `the installation's administrator stays as they are when the server starts again`() async throws {
        let tenant = try await TestTenant()
        let other = Identity.SystemAdministrator(email: try EmailAddress("root@example.com"), password: "Another-Passw0rd")
        try await tenant.server.composition.identity.bootstrap(other)
        let body: JSON = ["email": "root@example.com", "password": .string(TestServer.password), "tenantCode": "system"]
        let signedIn = try await tenant.visitor().post("/auth/login", body)
        #expect(signedIn.status == 200)
        #expect(signedIn.data["user"]?["roles"] == ["systemAdmin"])
    }

    @Test func `a token of one tenant shows nothing of another`() async throws {
        let first = try await TestTenant().candidate(email: "ada@example.com")
        let second = try await TestTenant().candidate(email: "ada@example.com")
        #expect(try await second.get("/users/\(first.id)/profile-picture").status == 404)
        let sessions = try await first.get("/auth/sessions")
        let session = try #require(sessions.items.first?["id"]?.string)
        #expect(try await second.delete("/auth/sessions/\(session)").status == 404)
        #expect(try await first.get("/users/me").status == 200)
    }
}

/// Access and refresh tokens.
@Suite struct TokenTests {
    @Test func `a forged, foreign or unsigned access token is refused`() async throws {
        let tenant = try await TestTenant()
        let ada = try await tenant.candidate(email: "ada@example.com")
        let parts = try #require(ada.token).split(separator: ".").map(String.init)
        try #require(parts.count == 3)
        func header(_ text: String) -> String { Base64URL.encode(Data(text.utf8)) }
        let otherKey = HMAC<SHA256>.authenticationCode(for: Data("\(parts[0]).\(parts[1])".utf8), using: SymmetricKey(size: .bits256))
        let forged = [
            "\(header(#"{"alg":"none","typ":"at+jwt"}"#)).\(parts[1]).",
            "\(header(#"{"alg":"none","typ":"at+jwt"}"#)).\(parts[1]).\(parts[2])",
            "\(header(#"{"alg":"HS256","typ":"JWT"}"#)).\(parts[1]).\(parts[2])",
            "\(header(#"{"alg":"HS512","typ":"at+jwt"}"#)).\(parts[1]).\(parts[2])",
            "\(header(#"{"alg":"HS256","typ":"at+jwt","x":1e300}"#)).\(parts[1]).\(parts[2])",
            "\(parts[0]).\(parts[1]).\(Base64URL.encode(Data(otherKey)))",
            "\(parts[0]).\(header(#"{"sub":"x"}"#)).\(parts[2])", "a.b.c", "nonsense",
        ]
        for token in forged {
            let refused = try await tenant.person(token: token).get("/users/me")
            #expect(refused.status == 401, "\(token)")
            #expect(refused.code == "UNAUTHORIZED")
        }
        #expect(try await ada.get("/users/me").status == 200)
    }

    @Test func `an access token ends after its fifteen minutes`() async throws {
        let tenant = try await TestTenant()
        let ada = try await tenant.candidate(email: "ada@example.com")
        let claims = try #require(ada.claims)
        #expect(claims["exp"] == claims["iat"].flatMap { if case .integer(let issued) = $0 { .integer(issued + 900) } else { nil } })
        let ended = try tenant.accessToken(changing: claims) { $0["exp"] = .integer(Int(Date().timeIntervalSince1970) - 1) }
        #expect(try await tenant.person(token: ended).get("/users/me").status == 401)
        let current = try tenant.accessToken(changing: claims) { _ in }
        #expect(try await tenant.person(token: current).get("/users/me").status == 200)
    }

    @Test func `fifty at once with one refresh token get one successor`() async throws {
        let tenant = try await TestTenant()
        let ada = try await tenant.candidate(email: "ada@example.com")
        let successors = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<50 {
                group.addTask { try await ada.refresh().data["refreshToken"]?.string }
            }
            return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(successors.count == 1)
        #expect(successors.first.flatMap(\.self) != nil)
        #expect(try await tenant.count("SELECT count(*) FROM refresh_tokens WHERE tenant_id = \(tenant.id)") == 2)
    }

    @Test func `a refresh token used again after the grace ends its session at once`() async throws {
        let tenant = try await TestTenant()
        let ada = try await tenant.candidate(email: "ada@example.com")
        let rotated = try await ada.refresh()
        let successor = try #require(rotated.data["refreshToken"]?.string)
        #expect(try await ada.get("/users/me").status == 200)
        try await tenant.execute(
            """
            UPDATE refresh_tokens
            SET used_at = used_at - interval '11 seconds'
            WHERE tenant_id = \(tenant.id) AND used_at IS NOT NULL
            """
        )
        let reused = try await ada.refresh()
        #expect(reused.status == 401)
        #expect(reused.code == "REFRESH_TOKEN_INVALID")
        #expect(try await ada.refresh(successor).status == 401)
        #expect(try await ada.get("/users/me").status == 401)
    }

    @Test func `nothing stored can be used as a token`() async throws {
        let tenant = try await TestTenant()
        let ada = try await tenant.candidate(email: "ada@example.com")
        _ = try await ada.refresh()
        let found = try await tenant.count(
            """
            SELECT count(*)
            FROM refresh_tokens r
            WHERE r.tenant_id = \(tenant.id)
                AND (position('rt_'::bytea IN r.hash) > 0 OR position('rt_'::bytea IN coalesce(r.successor, '')) > 0)
            """
        )
        #expect(found == 0)
        #expect(try await ada.refresh("rt_AAAA").status == 401)
        #expect(try await ada.refresh(String(try #require(ada.refreshToken).dropLast(2)) + "AA").status == 401)
    }

    @Test func `signing out ends the session at once`() async throws {
        let tenant = try await TestTenant()
        let ada = try await tenant.candidate(email: "ada@example.com")
        #expect(try await ada.post("/auth/logout", ["refreshToken": .string(ada.refreshToken ?? "")]).status == 204)
        #expect(try await ada.get("/users/me").status == 401)
        #expect(try await ada.refresh().status == 401)
    }

    @Test func `one session is ended from another`() async throws {
        let tenant = try await TestTenant()
        let phone = try await tenant.candidate(email: "ada@example.com")
        let laptop = try await phone.signInAgain()
        let sessions = try await laptop.get("/auth/sessions").items
        #expect(sessions.count == 2)
        let other = try #require(sessions.first { $0["isCurrent"] == false }?["id"]?.string)
        #expect(try await laptop.delete("/auth/sessions/\(other)").status == 204)
        #expect(try await phone.get("/users/me").status == 401)
        #expect(try await laptop.get("/users/me").status == 200)
        #expect(try await laptop.delete("/auth/sessions/\(other)").status == 404)
    }

    @Test func `a suspended tenant and a deactivated user are out at once`() async throws {
        let tenant = try await TestTenant()
        let ada = try await tenant.candidate(email: "ada@example.com")
        #expect(try await ada.get("/users/me").status == 200)
        try await tenant.execute("UPDATE users SET status = 'deactivated' WHERE tenant_id = \(tenant.id)")
        try await tenant.execute("SELECT pg_notify('tenure_identity', \(ada.id))")
        try await eventually { try await ada.get("/users/me").status == 401 }
        #expect(try await ada.refresh().status == 401)
        try await tenant.execute("UPDATE users SET status = 'active' WHERE tenant_id = \(tenant.id)")
        #expect(try await ada.get("/users/me").status == 200)
        try await tenant.execute("UPDATE tenants SET status = 'suspended' WHERE id = \(tenant.id)")
        try await tenant.execute("SELECT pg_notify('tenure_identity', \(tenant.id.description))")
        try await eventually { try await ada.get("/users/me").status == 401 }
        try await eventually {
            let refused = try await tenant.visitor().post(
                "/auth/login",
                ["email": "ada@example.com", "password": .string(TestServer.password)]
            )
            return refused.status == 403 && refused.code == "TENANT_SUSPENDED"
        }
    }
}

/// Reset and invitation mails.
@Suite struct PasswordResetTests {
    @Test func `a forgotten password is reset by mail, once, and ends every session`() async throws {
        let tenant = try await TestTenant()
        let ada = try await tenant.candidate(email: "ada@example.com")
        let asked = try await tenant.visitor().post("/auth/forgot-password", ["email": "ada@example.com"])
        let unknown = try await tenant.visitor().post("/auth/forgot-password", ["email": "nobody@example.com"])
        #expect(asked.status == 200)
        #expect(asked.data == unknown.data)
        let mail = try await tenant.mail(to: "ada@example.com")
        let token = try #require(resetToken(in: mail))
        #expect(
            try await tenant.count(
                """
                SELECT count(*) FROM password_resets
                WHERE tenant_id = \(tenant.id) AND user_id = \(ada.id)::uuid AND purpose = 'passwordReset'
                """
            ) == 1
        )
        let weak = try await tenant.visitor().post("/auth/reset-password", ["token": .string(token), "newPassword": "short"])
        #expect(weak.status == 400)
        let body: JSON = ["token": .string(token), "newPassword": "New-Passw0rd"]
        #expect(try await tenant.visitor().post("/auth/reset-password", body).status == 200)
        #expect(try await ada.get("/users/me").status == 401)
        #expect(try await ada.refresh().status == 401)
        let again = try await tenant.visitor().post("/auth/reset-password", body)
        #expect(again.status == 401)
        #expect(again.code == "RESET_TOKEN_INVALID")
        #expect(
            try await tenant.visitor().post("/auth/login", ["email": "ada@example.com", "password": .string(TestServer.password)]).status
                == 401
        )
        #expect(try await tenant.visitor().post("/auth/login", ["email": "ada@example.com", "password": "New-Passw0rd"]).status == 200)
    }

    @Test func `a token of a mail ends after an hour`() async throws {
        let tenant = try await TestTenant()
        _ = try await tenant.candidate(email: "ada@example.com")
        _ = try await tenant.visitor().post("/auth/forgot-password", ["email": "ada@example.com"])
        let token = try #require(resetToken(in: try await tenant.mail(to: "ada@example.com")))
        try await tenant.execute("UPDATE password_resets SET expires_at = created_at WHERE tenant_id = \(tenant.id)")
        let refused = try await tenant.visitor().post("/auth/reset-password", ["token": .string(token), "newPassword": "New-Passw0rd"])
        #expect(refused.code == "RESET_TOKEN_INVALID")
    }
}

/// One's own profile.
@Suite struct ProfileTests {
    @Test func `a patch changes what it names and null clears`() async throws {
        let ada = try await TestTenant().candidate(email: "ada@example.com")
        let patched = try await ada.patch(
            "/users/me",
            [
                "lastName": "Lovelace", "phone": "+44 20 7946 0000", "locale": "en-GB", "timeZone": "Europe/London",
                "settings": ["theme": "dark", "notifications": ["email": false]],
            ]
        )
        #expect(patched.status == 200)
        #expect(patched.data["firstName"] == "Ada")
        #expect(patched.data["phone"] == "+442079460000")
        let again = try await ada.patch("/users/me", ["phone": .null, "settings": ["theme": "light"]])
        #expect(again.data["phone"] == nil)
        #expect(again.data["lastName"] == "Lovelace")
        #expect(again.data["settings"] == ["theme": "light", "notifications": ["email": false]])
        let bad = try await ada.patch("/users/me", ["phone": "call me", "locale": "english", "timeZone": "Mars/Base", "roles": []])
        #expect(bad.status == 400)
        for field in ["phone", "locale", "timeZone", "roles"] { #expect(bad.details[field] != nil) }
    }

    @Test func `a picture is what its first bytes say`() async throws {
        let ada = try await TestTenant().candidate(email: "ada@example.com")
        let stored = try await ada.upload("/users/me/profile-picture", file: Fixture.png, name: "../../etc/passwd")
        #expect(stored.status == 200)
        let address = try #require(stored.data["profilePictureUrl"]?.string)
        #expect(address.hasSuffix("/api/v1/users/\(ada.id)/profile-picture"))
        let sent = try await ada.get("/users/\(ada.id)/profile-picture")
        #expect(sent.headers["content-type"] == "image/png")
        let text = try await ada.upload("/users/me/profile-picture", file: Data("hello, I am a picture".utf8), name: "me.png")
        #expect(text.status == 415)
        let large = try await ada.upload(
            "/users/me/profile-picture",
            file: Fixture.png + Data(repeating: 0, count: 5 * 1024 * 1024),
            name: "me.png"
        )
        #expect(large.status == 413)
        #expect(try await ada.get("/users/\(ada.id)/profile-picture").bytes == sent.bytes)
    }

    @Test func `a password chosen while the old one is verified shuts the old one out`() async throws {
        let tenant = try await TestTenant()
        let ada = try await tenant.candidate(email: "ada@example.com")
        let signingIn = try await tenant.server.inspector.transaction { transaction in
            _ = try await transaction.query(
                "UPDATE users SET password_hash = 'another' WHERE tenant_id = \(tenant.id) AND id = \(ada.id)::uuid"
            )
            let signingIn = Task {
                try await tenant.visitor().post(
                    "/auth/login",
                    ["email": "ada@example.com", "password": .string(TestServer.password)]
                )
            }
            try await tenant.blocked(like: "%UPDATE users%")
            return signingIn
        }
        #expect(try await signingIn.value.code == "INVALID_CREDENTIALS")
        #expect(try await tenant.count("SELECT count(*) FROM users WHERE tenant_id = \(tenant.id) AND password_hash = 'another'") == 1)
    }

    @Test func `the export holds account and sessions`() async throws {
        let ada = try await TestTenant().candidate(email: "ada@example.com")
        let archive = try await ada.get("/users/me/export")
        #expect(archive.status == 200)
        #expect(archive.data["account"]?["id"]?.string == ada.id)
        guard case .array(let sessions)? = archive.data["sessions"] else { return #expect(Bool(false), "no sessions") }
        #expect(sessions.count == 1)
    }
}
