import Foundation
import Kernel
import Postgres
import Testing

@testable import Identity
@testable import tenure

/// What has served its time goes, and nothing else.
@Suite struct UpkeepTests {
    @Test func `sessions and tokens that ended long ago are thrown away`() async throws {
        let tenant = try await TestTenant()
        let ada = try await tenant.candidate(email: "ada@example.com")
        let old = try await ada.signInAgain()
        try await tenant.visitor().post("/auth/forgot-password", ["email": "ada@example.com"]).expect(200)
        _ = try await tenant.mail(to: "ada@example.com")
        let session = try #require(old.claims?["sid"]?.string)
        try await tenant.execute("UPDATE sessions SET last_used_at = now() - interval '38 days' WHERE id = \(session)::uuid")
        try await tenant.execute("UPDATE password_resets SET expires_at = now() - interval '31 days' WHERE tenant_id = \(tenant.id)")
        let door = tenant.server.composition.door
        let now = Date()
        for statement in [Identity.endedSessions(now), Identity.expiredRefreshTokens(now), Identity.expiredResets(now)] {
            _ = try await door.upkeep(statement)
        }
        #expect(try await tenant.count("SELECT count(*) FROM sessions WHERE tenant_id = \(tenant.id)") == 1)
        #expect(try await tenant.count("SELECT count(*) FROM refresh_tokens WHERE tenant_id = \(tenant.id)") == 1)
        #expect(try await tenant.count("SELECT count(*) FROM password_resets WHERE tenant_id = \(tenant.id)") == 0)
        try await ada.get("/users/me").expect(200)
    }
}
