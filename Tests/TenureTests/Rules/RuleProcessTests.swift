import Foundation
import Kernel
import Logging
import Postgres
import Testing

@testable import Rules
@testable import tenure

/// The rule engine of a second server process on the same database.
@Suite struct RuleProcessTests {
    @Test func `a publication reaches the other processes`() async throws {
        let shop = try await RuleShop()
        try await SecondProcess.run { process in
            #expect(try await process.reasons(in: shop.tenant.id) == nil)
            try await shop.publish(#"before("application.status_changing", function() reject("heard of it") end)"#)
            // Sooner than the cache expires.
            try await eventually(within: .seconds(25)) { try await process.reasons(in: shop.tenant.id) == "heard of it" }
        }
    }

    @Test func `another process executes a run again from its receipt`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(
            #"on("application.tagged", function(event) log(time.now(), random(), application(event.application.id).atsScore) end)"#
        )
        let application = try await shop.job.application().id
        try await shop.recruiter.post("/applications/\(application)/tags", ["tag": "look"]).expect(200)
        try await eventually { try await shop.outcomes(of: script) == ["completed"] }
        let run = try #require(try await shop.admin.get("/admin/scripts/\(script.id)/runs").items.first?["id"]?.string)
        try await SecondProcess.run { process in
            let caller = Caller(tenant: shop.tenant.id, actor: .system, roles: [.tenantAdmin])
            let admin = try #require(TenantAdmin(caller))
            let again = try await process.rules.repeatRun(RepeatRun(id: try #require(Identifier(run))), by: admin)
            #expect(again.isSame && again.differences == [])
        }
    }

    @Test func `without fuel a reaction is put off, and done later`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(#"on("application.tagged", function() store.set("done", 1) end)"#)
        try await SecondProcess.run { process in
            let event = Identifier<EventRecord>()
            try await shop.tenant.execute(
                """
                INSERT INTO events (tenant_id, id, name, subject_kind, subject_id, actor_kind, payload, occurred_at)
                VALUES (\(shop.tenant.id), \(event), 'application.tagged', 'application', \(event), 'system', '{}', now())
                """
            )
            process.gate.fuel.spend(FuelBucket.share, for: shop.tenant.id, at: process.store.clock.now())
            try await process.rules.react(React(event: event), as: SystemActor(tenant: shop.tenant.id))
            #expect(try await shop.outcomes(of: script).isEmpty)
            let waiting: SQL = """
                SELECT count(*) FROM work WHERE tenant_id = \(shop.tenant.id) AND name = 'rules.react' AND run_at > now() + interval '10 seconds'
                """
            #expect(try await shop.tenant.count(waiting) == 1)
            // The first process has fuel, so it needs only the time.
            try await shop.tenant.execute("UPDATE work SET run_at = now() WHERE tenant_id = \(shop.tenant.id) AND name = 'rules.react'")
            try await eventually { try await shop.outcomes(of: script) == ["completed"] }
        }
    }

    @Test func `without runners a change waits for another try and is not refused by a rule`() async throws {
        let shop = try await RuleShop()
        try await shop.publish(#"before("application.status_changing", function() end)"#)
        try await SecondProcess.run(executable: "/nonexistent/rule-runner") { process in
            let failure = await #expect(throws: Failure.self) { try await process.propose(in: shop.tenant.id) }
            #expect(failure?.kind == .unavailable)
        }
    }
}

/// Another server process's rule engine.
private struct SecondProcess: Sendable {
    let gate: RuleGate
    let rules: Rules
    let store: TenantStore

    static func run(executable: String? = nil, _ body: (SecondProcess) async throws -> Void) async throws {
        let server = try await TestServer.running
        let logger = Logger(label: "second") { _ in SwiftLogNoOpLogHandler() }
        let settings = server.settings
        let pool = ConnectionPool(
            .init(url: settings.databaseURL, size: 2, preparedStatements: settings.preparedStatements),
            logger: logger
        )
        let runners = RunnerPool(
            executable: executable ?? "\(settings.programsFolder)/rule-runner",
            size: 1,
            patience: .seconds(2),
            log: logger
        )
        let gate = RuleGate(runners: runners, logger: logger)
        // Its clock doesn't move, so that no minute ends in the middle of a test.
        let now = Date()
        let store = TenantStore(pool: pool, gate: gate, constraints: Rules.constraints, clock: Clock { now })
        try gate.learn(server.composition.capabilities, store: store)
        let rules = Rules(
            store: store,
            door: server.composition.door,
            gate: gate,
            exports: settings.dataFolder,
            outcomes: { _ in [:] },
            post: AlarmPost(publicURL: "") { _, _ in }
        )
        let process = SecondProcess(gate: gate, rules: rules, store: store)
        let upkeep = Task { await gate.run(listeningTo: settings.listenerDatabaseURL) }
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(process)) } catch { outcome = .failure(error) }
        upkeep.cancel()
        await upkeep.value
        await runners.close()
        await pool.close()
        try outcome.get()
    }

    /// Puts a change before the tenant's rules.
    func propose(in tenant: Identifier<Tenant>) async throws {
        try await store.transaction(as: SystemActor(tenant: tenant)) { tx in
            _ = try await tx.propose(StatusChanging())
        }
    }

    /// What the rules say against it.
    func reasons(in tenant: Identifier<Tenant>) async throws -> String? {
        do {
            try await propose(in: tenant)
            return nil
        } catch let failure as Failure where failure.kind == .ruleRejected {
            return failure.message
        }
    }
}

/// A stand-in for the applications' proposal with this name.
private struct StatusChanging: Proposal {
    static let name = "application.status_changing"
    static let summary = "A change."
    static let sample = StatusChanging()
    static let amendable: [String] = []
    var subject: EventSubject { EventSubject("application", Identifier<EventRecord>()) }
}
