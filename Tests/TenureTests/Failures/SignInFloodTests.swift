import Foundation
import Kernel
import Postgres
import Testing

/// The production limits, on a server of this test's own.
@Suite(.serialized) struct SignInFloodTests {
    @Test func `an office of two hundred signs in at nine, and a flood of guesses is held off`() async throws {
        try await Machine.run(["TENURE_LIMITS": "on", "TENURE_TRUSTED_PROXIES": "127.0.0.1"]) { machine in
            let first = try await machine.register("candidate")
            _ = try await machine.inspector.query(
                """
                INSERT INTO users (tenant_id, id, email, password_hash, roles, status, created_at, updated_at)
                SELECT u.tenant_id, gen_random_uuid(), n || '@office.example', u.password_hash, u.roles, u.status, u.created_at, u.updated_at
                FROM users u, generate_series(1, 200) n
                WHERE u.id = \(first.id)::uuid
                """
            )
            let visitor = machine.visitor()
            @Sendable func signIn(_ number: Int, _ password: String, from address: String) async throws -> Int {
                let body: JSON = ["email": .string("\(number)@office.example"), "password": .string(password)]
                return try await visitor.post("/api/v1/auth/login", body, headers: ["X-Forwarded-For": address]).status
            }
            let office = try await atOnce(60, of: Array(1...200)) { try await signIn($0, TestServer.password, from: "192.0.2.1") }
            #expect(office.allSatisfy { $0 == 200 }, "\(office.filter { $0 != 200 })")
            // Their sessions are renewed all day long, and a faculty of the same size registers from one address.
            let grant = try await visitor.post(
                "/api/v1/auth/login",
                ["email": "1@office.example", "password": .string(TestServer.password)],
                headers: ["X-Forwarded-For": "192.0.2.1"]
            )
            var refreshToken = grant.data["refreshToken"] ?? .null
            for _ in 0..<120 {
                let renewed = try await visitor.post(
                    "/api/v1/auth/refresh-token",
                    ["refreshToken": refreshToken],
                    headers: ["X-Forwarded-For": "192.0.2.1"]
                ).expect(200)
                refreshToken = renewed.data["refreshToken"] ?? .null
            }
            let faculty = try await atOnce(60, of: Array(1...200)) { number in
                let body: JSON = [
                    "email": .string("\(number)@faculty.example"), "password": .string(TestServer.password), "role": "candidate",
                ]
                return try await visitor.post("/api/v1/auth/register", body, headers: ["X-Forwarded-For": "192.0.2.1"]).status
            }
            #expect(faculty.allSatisfy { $0 == 201 }, "\(faculty.filter { $0 != 201 })")
            // Beyond the flood's allowance nothing is hashed, so it is quick.
            let guesses = try await atOnce(24, of: Array(1...700)) { try await signIn($0, "Wrong-Pass-1", from: "198.51.100.7") }
            #expect(Set(guesses) == [401, 429])
            #expect((290...330).contains(guesses.count { $0 == 401 }), "\(guesses.count { $0 == 401 })")
            // Right ones too: the few units that come back in the meantime are not enough for so many at once.
            let late = try await atOnce(24, of: Array(1...24)) { try await signIn($0, TestServer.password, from: "198.51.100.7") }
            #expect(late.contains(429), "\(late)")
            #expect(try await signIn(1, TestServer.password, from: "192.0.2.1") == 200)

            // Three mails an hour, and the answer doesn't say so.
            for _ in 0..<6 {
                let body: JSON = ["email": .string(first.email)]
                try await visitor.post("/api/v1/auth/forgot-password", body).expect(200)
                try await eventually {
                    try await machine.count("SELECT count(*) FROM work WHERE state <> 'dead' AND name LIKE 'identity.%'") == 0
                }
            }
            let mails = try await machine.count("SELECT count(*) FROM mails WHERE subject = 'Set a new password'")
            #expect(mails == 3)
        }
    }
}
