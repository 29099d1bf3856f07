import Foundation
import Kernel
import Postgres
import Testing

@testable import Worker
@testable import tenure

private struct Happened: Event {
    static let name = "tests.happened"
    static let summary = "Something happened."
    static var sample: Self { Happened(number: 1) }
    let number: Int
    var subject: EventSubject { EventSubject("test", Identifier<Happened>.placeholder) }
}

@Suite struct SequencerTests {
    @Test func `numbers have no gaps or duplicates under concurrent writers and sequencers`() async throws {
        try await Workshop.open(tenants: 3) { workshop in
            let sequencer = Sequencer(door: workshop.door)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<6 {
                    group.addTask {
                        for number in 1...20 { try await append(number, workshop, workshop.tenants[writer % 3]) }
                    }
                }
                for _ in 0..<2 {
                    group.addTask { for _ in 0..<10 { try await sequencer.number() } }
                }
                try await group.waitForAll()
            }
            while try await sequencer.number() > 0 {}
            for tenant in workshop.tenants {
                #expect(try await sequencer.verify(tenant) == Sequencer.Chain(length: 40, firstBroken: nil))
            }
        }
    }

    @Test func `a change that commits later gets the later number, though it began first`() async throws {
        try await Workshop.open { workshop in
            let sequencer = Sequencer(door: workshop.door)
            let (isAppended, mayCommit) = (Signal(), Signal())
            let slow = Task {
                try await workshop.store.transaction(as: SystemActor(tenant: workshop.tenant)) { tx in
                    try tx.append(Happened(number: 1))
                    isAppended.ring()
                    #expect(await mayCommit.wait(atMost: .seconds(20)))
                }
            }
            #expect(await isAppended.wait(atMost: .seconds(20)))
            try await append(2, workshop, workshop.tenant)
            #expect(try await sequencer.number() == 1)
            mayCommit.ring()
            try await slow.value
            #expect(try await sequencer.number() == 1)
            #expect(try await numbers(workshop) == [2, 1])
            #expect(try await sequencer.verify(workshop.tenant).firstBroken == nil)
        }
    }

    @Test func `events of one transaction keep the order in which they were appended`() async throws {
        try await Workshop.open { workshop in
            try await workshop.store.transaction(as: SystemActor(tenant: workshop.tenant)) { tx in
                for number in 1...30 { try tx.append(Happened(number: number)) }
            }
            try await Sequencer(door: workshop.door).number()
            #expect(try await numbers(workshop) == Array(1...30))
        }
    }

    @Test(
        arguments: [
            "UPDATE events SET payload = '{\"number\": 99}' WHERE sequence = 5",
            "UPDATE events SET actor_kind = 'user' WHERE sequence = 5",
            "UPDATE events SET occurred_at = occurred_at - interval '1 second' WHERE sequence = 5",
            "UPDATE events SET hash = sha256('') WHERE sequence = 5",
            "DELETE FROM events WHERE sequence = 5",
            "UPDATE events SET salt = NULL WHERE sequence = 5",
            "UPDATE events SET salt = NULL, digest = NULL WHERE sequence = 5",
            "UPDATE events SET digest = payload_digest(salt, '{\"number\": 99}'), payload = '{\"number\": 99}' WHERE sequence = 5",
        ] as [SQL]
    )
    func `tampering with the log is found, with its place`(_ tampering: SQL) async throws {
        try await Workshop.open { workshop in
            let sequencer = Sequencer(door: workshop.door)
            for number in 1...9 { try await append(number, workshop, workshop.tenant) }
            try await sequencer.number()
            #expect(try await sequencer.verify(workshop.tenant) == Sequencer.Chain(length: 9, firstBroken: nil))
            #expect(try await workshop.door.upkeep(tampering).affectedRows == 1)
            let found = try #require(try await sequencer.verify(workshop.tenant).firstBroken)
            #expect(found == 5 || found == 6)
        }
    }

    @Test func `a payload that lost its salt to an erasure leaves the chain intact`() async throws {
        try await Workshop.open { workshop in
            let sequencer = Sequencer(door: workshop.door)
            for number in 1...3 { try await append(number, workshop, workshop.tenant) }
            try await sequencer.number()
            _ = try await workshop.door.upkeep(
                "UPDATE events SET payload = '{\"number\": 0}', salt = NULL, erasure_id = gen_random_uuid() WHERE sequence = 2"
            )
            #expect(try await sequencer.verify(workshop.tenant) == Sequencer.Chain(length: 3, firstBroken: nil, erased: 1))
        }
    }

    /// Servers of the version before append without a salt.
    @Test func `events from before get their digests while others are added, and both forms are verified meanwhile`() async throws {
        let tenant = try await TestTenant()
        let composition = tenant.server.composition
        let sequencer = Sequencer(door: composition.door)
        for _ in 0..<3 {
            try await tenant.execute(
                """
                INSERT INTO events (tenant_id, id, name, subject_kind, subject_id, actor_kind, payload, occurred_at)
                SELECT \(tenant.id), gen_random_uuid(), 'tests.happened', 'test', gen_random_uuid(), 'system', '{"number": 1}', now()
                FROM generate_series(1, 300)
                """
            )
            _ = try await tenant.candidate()
        }
        try await eventually {
            try await tenant.count("SELECT count(*) FROM events WHERE tenant_id = \(tenant.id) AND sequence IS NULL") == 0
        }
        let before = try await sequencer.verify(tenant.id)
        #expect(before.firstBroken == nil && before.unsealed == 900 && before.length > 900)
        try await tenant.execute(
            """
            INSERT INTO work (tenant_id, id, name, payload, unique_key, run_at, created_at)
            VALUES (\(tenant.id), gen_random_uuid(), 'events.seal', '{"after": 0}', 'seal', now(), now())
            """
        )
        try await eventually { try await sequencer.verify(tenant.id).unsealed == 0 }
        let said: SQL = "SELECT count(*) FROM events WHERE tenant_id = \(tenant.id) AND name = 'log.sealed'"
        try await eventually { try await tenant.count(said) == 1 }
        let after = try await sequencer.verify(tenant.id)
        #expect(after.firstBroken == nil && after.length >= before.length && after.erased == 0)
        let sealed: SQL = "SELECT max(sequence)::int FROM events WHERE tenant_id = \(tenant.id) AND seal IS NOT NULL"
        let last = try await tenant.count(sealed)
        try await tenant.execute("UPDATE events SET payload = '{}' WHERE tenant_id = \(tenant.id) AND sequence = \(last)")
        #expect(try await sequencer.verify(tenant.id).firstBroken == last)
    }

    @Test func `a running worker numbers what is committed`() async throws {
        try await Workshop.open { workshop in
            try await workshop.working([]) {
                try await append(1, workshop, workshop.tenant)
                try await eventually { try await numbers(workshop) == [1] }
            }
        }
    }

    private func append(_ number: Int, _ workshop: Workshop, _ tenant: Identifier<Tenant>) async throws {
        _ = try await workshop.store.transaction(as: SystemActor(tenant: tenant)) { tx in try tx.append(Happened(number: number)) }
    }

    /// The payloads' own numbers in the order of the log.
    private func numbers(_ workshop: Workshop) async throws -> [Int] {
        try await workshop.door.upkeep(
            "SELECT (payload->>'number')::int AS number FROM events WHERE sequence IS NOT NULL ORDER BY sequence"
        )
        .map { try $0("number") }
    }
}
