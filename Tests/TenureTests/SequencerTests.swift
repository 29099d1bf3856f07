import Foundation
import Kernel
import Postgres
import Testing

@testable import Worker

private struct Happened: Event {
    static let name = "tests.happened"
    static let summary = "Something happened."
    static var sample: Self { Happened(number: 1) }
    let number: Int
    var subject: EventSubject { EventSubject("test", Identifier<Happened>.placeholder) }
}

@Suite struct SequencerTests {
    @Test func `numbers have no gap and no double under concurrent writers and sequencers`() async throws {
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
        ] as [SQL]
    )
    func `whoever tampers with the log is found at the place`(_ tampering: SQL) async throws {
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
