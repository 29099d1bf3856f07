import Foundation
import Kernel
import Postgres
import Testing

private struct Refused: Error {}

/// What may only happen after a commit.
@Suite struct AfterCommitTests {
    private static func schedules(_ workshop: Workshop) async throws -> Int {
        try await workshop.door.upkeep("SELECT count(*) AS n FROM schedules").first?("n") ?? -1
    }

    private static func insert(_ name: String, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO schedules (tenant_id, name, work_name, payload, every_seconds, next_run_at)
        VALUES (\(tx.tenant), \(name), 'tests.none', '{}', 3600, \(tx.now))
        """
    }

    @Test func `it happens once, after the commit, with the connection free again`() async throws {
        try await Workshop.open { workshop in
            let seen = Notebook<Int>()
            let actor = SystemActor(tenant: workshop.tenant)
            // As many as there are connections, each asking for another one afterwards.
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...3 {
                    group.addTask {
                        try await workshop.store.transaction(as: actor) { tx in
                            tx.queue(Self.insert("\(number)", tx))
                            tx.afterCommit {
                                let rows = try await workshop.store.query(
                                    as: actor,
                                    "SELECT count(*) AS n FROM schedules WHERE name = \("\(number)")"
                                )
                                seen.write(try rows.first?("n") ?? -1)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(seen.entries == [1, 1, 1])
        }
    }

    @Test func `it doesn't happen when the transaction fails, in its body or at COMMIT`() async throws {
        try await Workshop.open { workshop in
            let seen = Notebook<Int>()
            let actor = SystemActor(tenant: workshop.tenant)
            await #expect(throws: Failure.self) {
                try await workshop.store.transaction(as: actor) { tx in
                    tx.afterCommit { seen.write(1) }
                    throw Refused()
                }
            }
            await #expect(throws: Failure.self) {
                try await workshop.store.transaction(as: actor) { tx in
                    tx.afterCommit { seen.write(2) }
                    // Sent with COMMIT, where it fails.
                    tx.queue("SELECT 1 / 0")
                }
            }
            #expect(seen.entries.isEmpty)
        }
    }

    @Test func `an attempt that lost against another transaction leaves nothing behind`() async throws {
        try await Workshop.open { workshop in
            let (attempts, seen) = (Notebook<Int>(), Notebook<Int>())
            try await workshop.store.transaction(as: SystemActor(tenant: workshop.tenant)) { tx in
                attempts.write(1)
                let attempt = attempts.entries.count
                tx.afterCommit { seen.write(attempt) }
                if attempt == 1 { _ = try await tx.query("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$") }
            }
            #expect(attempts.entries.count == 2)
            #expect(seen.entries == [2])
        }
    }

    @Test func `inside another transaction it waits for that one's commit, whatever other actions fail`()
        async throws
    {
        try await Workshop.open { workshop in
            let seen = Notebook<String>()
            let actor = SystemActor(tenant: workshop.tenant)
            try await workshop.store.transaction(as: actor) { tx in
                let inner = SystemActor(actor.caller.joining(tx))
                try await workshop.store.transaction(as: inner) { tx in
                    tx.afterCommit { throw Refused() }
                    tx.afterCommit { seen.write("after") }
                }
                seen.write("inside")
            }
            #expect(seen.entries == ["inside", "after"])
        }
    }

    @Test func `it happens even if the task that made the change was canceled`() async throws {
        try await Workshop.open { workshop in
            let seen = Notebook<Bool>()
            let change = Task {
                try await workshop.store.transaction(as: SystemActor(tenant: workshop.tenant)) { tx in
                    tx.queue(Self.insert("canceled", tx))
                    tx.afterCommit { seen.write(Task.isCancelled) }
                    withUnsafeCurrentTask { $0?.cancel() }
                }
            }
            _ = await change.result
            #expect(seen.entries == [false])
            let schedules = try await Self.schedules(workshop)
            #expect(schedules == 1)
        }
    }
}
