import Foundation
import Kernel
import Postgres
import Testing

@testable import Identity
@testable import tenure

/// Expired rows are deleted, and nothing else.
@Suite struct UpkeepTests {
    @Test func `sessions and tokens that ended long ago are deleted`() async throws {
        let tenant = try await TestTenant()
        let ada = try await tenant.candidate(email: "ada@example.com")
        let old = try await ada.signInAgain()
        try await tenant.visitor().post("/auth/forgot-password", ["email": "ada@example.com"]).expect(200)
        _ = try await tenant.mail(to: "ada@example.com")
        let session = try #require(old.claims?["sid"]?.string)
        try await tenant.execute("UPDATE sessions SET last_used_at = now() - interval '38 days' WHERE id = \(session)::uuid")
        try await tenant.execute("UPDATE password_resets SET expires_at = now() - interval '31 days' WHERE tenant_id = \(tenant.id)")
        let door = tenant.server.composition.door
        for upkeep in tenant.server.composition.identity.upkeep { try await upkeep.run(through: door) }
        #expect(try await tenant.count("SELECT count(*) FROM sessions WHERE tenant_id = \(tenant.id)") == 1)
        #expect(try await tenant.count("SELECT count(*) FROM refresh_tokens WHERE tenant_id = \(tenant.id)") == 1)
        #expect(
            try await tenant.count("SELECT count(*) FROM password_resets WHERE tenant_id = \(tenant.id) AND purpose = 'passwordReset'") == 0
        )
        try await ada.get("/users/me").expect(200)
    }

    @Test func `upkeep goes batch by batch until nothing is left, and stays below the statement time-out`() async throws {
        try await Workshop.open { workshop in
            let (tenant, now) = (workshop.tenant, workshop.store.clock.now())
            _ = try await workshop.door.upkeep(
                """
                INSERT INTO mails (tenant_id, id, message, recipients, subject, attempts, created_at)
                SELECT \(tenant), gen_random_uuid(), n::text, '{}', 'Old', 1, \(now)::timestamptz - make_interval(days => n % 200) + interval '1 hour'
                FROM generate_series(0, 9999) n
                """
            )
            let mails = Upkeep.expired("mails", from: "mails", by: "created_at", after: 90 * 86_400)
            let first = try await workshop.door.upkeep(mails.statement(now, mails.batch))
            #expect(first.affectedRows == mails.batch)
            try await mails.run(through: workshop.door)
            let row = try #require(try await workshop.door.upkeep("SELECT count(*) AS n, min(created_at) AS oldest FROM mails").first)
            #expect(try row("n") as Int == 50 * 91)
            #expect(try row("oldest") as Date >= now.addingTimeInterval(-90 * 86_400))
        }
    }

    @Test func `each upkeep finds what is old by an index, without reading the rest`() async throws {
        let composition = try await TestServer.running.composition
        for upkeep in [.idempotencyKeys] + composition.capabilities.upkeep where upkeep.name != "rule vocabulary" {
            let statement = upkeep.statement(Date(timeIntervalSince1970: 0), upkeep.batch)
            let plan = try await composition.door.upkeep { transaction in
                _ = try await transaction.query("SET LOCAL enable_seqscan = off")
                return try await transaction.query("EXPLAIN " + statement).map { try $0("QUERY PLAN") as String }
            }
            #expect(!plan.contains { $0.contains("Seq Scan") }, "\(upkeep.name): \(plan.joined(separator: "\n"))")
            #expect(plan.contains { $0.contains("Index Cond") && $0.contains("<") }, "\(upkeep.name): \(plan.joined(separator: "\n"))")
        }
    }
}
