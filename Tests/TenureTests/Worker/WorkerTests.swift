import Foundation
import Kernel
import Postgres
import ServiceLifecycle
import Synchronization
import Testing

@testable import Worker

private struct Chore: Work {
    static let name = "tests.chore"
    static let lane = Lane.quick
    static let attempts = 3
    let number: Int
}

private struct Letter: Work {
    static let name = "tests.letter"
    static let lane = Lane.mail
    let number: Int
}

private struct Errand: Work {
    static let name = "tests.errand"
    static let lane = Lane.network
    let number: Int
}

private struct Document: Work {
    static let name = "tests.document"
    static let lane = Lane.heavy
    let number: Int
}

/// Takes an hour.
private struct Export: Work {
    static let name = "tests.export"
    static let lane = Lane.heavy
    static let timeout = Duration.seconds(3600)
    let number: Int
}

private struct ForeignChore: Work {
    static let name = "tests.foreign"
    static let lane = Lane.quick
    let number: Int
}

/// Never ends, whatever tells it to.
private struct Spin: Work {
    static let name = "tests.spin"
    static let lane = Lane.quick
    static let timeout = Duration.seconds(1)
    let number: Int
}

/// Ends when told to, but too late.
private struct Dawdle: Work {
    static let name = "tests.dawdle"
    static let lane = Lane.quick
    static let timeout = Duration.milliseconds(100)
    let number: Int
}

private struct Broken: Error {}

private final class Switch: Sendable {
    private let state = Atomic(false)
    var isOn: Bool { state.load(ordering: .relaxed) }
    func turnOn() { state.store(true, ordering: .relaxed) }
}

@Suite struct WorkerTests {
    @Test func `work is done once, with its cause, and is gone`() async throws {
        try await Workshop.open { workshop in
            let done = Notebook<(Int, SystemActor)>()
            let cause = Identifier<EventRecord>()
            let actor = SystemActor(tenant: workshop.tenant, cause: cause, depth: 2)
            try await workshop.store.transaction(as: actor) { try $0.enqueue(Chore(number: 7)) }
            try await workshop.working([WorkHandler { (chore: Chore, actor) in done.write((chore.number, actor)) }]) {
                try await eventually { try await workshop.queue(Chore.name).isEmpty }
            }
            #expect(done.entries.map(\.0) == [7])
            #expect(done.entries.first?.1.caller.cause == cause)
            #expect(done.entries.first?.1.caller.depth == 2)
            #expect(done.entries.first?.1.tenant == workshop.tenant)
        }
    }

    @Test func `more urgent work goes first`() async throws {
        try await Workshop.open { workshop in
            for number in [3, 1, 2] { try await workshop.enqueue(Chore(number: number), WorkOptions(priority: number)) }
            let done = Notebook<Int>()
            try await workshop.working([WorkHandler { (chore: Chore, _) in done.write(chore.number) }]) {
                try await eventually { done.entries.count == 3 }
            }
            #expect(done.entries == [1, 2, 3])
        }
    }

    @Test func `work that keeps failing is retried, then set aside as dead with its last error`() async throws {
        try await Workshop.open { workshop in
            let tried = Notebook<Int>()
            try await workshop.enqueue(Chore(number: 1))
            let handler = WorkHandler { (chore: Chore, _) in
                tried.write(chore.number)
                throw Broken()
            }
            try await workshop.working([handler]) {
                try await eventually { try await workshop.queue(Chore.name).first?.state == "dead" }
            }
            #expect(tried.entries.count == Chore.attempts)
            #expect(try await workshop.queue(Chore.name).first?.error == "Broken()")
        }
    }

    @Test func `work whose worker died is taken over when the lease expires`() async throws {
        try await Workshop.open { workshop in
            try await workshop.enqueue(Chore(number: 1))
            var timings = Workshop.timings
            timings.lease = .milliseconds(100)
            // This claim is never settled.
            let claimed = try await WorkQueue(door: workshop.door, timings: timings).claim([Chore.name], limit: 1)
            #expect(claimed.map(\.attempt) == [1])
            let done = Notebook<Int>()
            try await workshop.working([WorkHandler { (chore: Chore, _) in done.write(chore.number) }]) {
                try await eventually { try await workshop.queue(Chore.name).isEmpty }
            }
            #expect(done.entries == [1])
        }
    }

    @Test func `work that killed its worker twice is set aside, and reported failures don't count for that`() async throws {
        try await Workshop.open { workshop in
            try await workshop.enqueue(Chore(number: 1))
            var timings = Workshop.timings
            timings.lease = .zero
            let queue = WorkQueue(door: workshop.door, timings: timings)
            try await queue.settle(#require(try await queue.claim([Chore.name], limit: 1).first), .failed("reported"))
            for losses in 0...1 {
                try await eventually { try await queue.claim([Chore.name], limit: 1).first?.losses == losses }
            }
            let done = Notebook<Int>()
            try await workshop.working([WorkHandler { (chore: Chore, _) in done.write(chore.number) }]) {
                try await eventually { try await workshop.queue(Chore.name).first?.state == "dead" }
            }
            #expect(done.entries.isEmpty)
            let error = try #require(try await workshop.queue(Chore.name).first?.error)
            #expect(error.contains("its worker ended in the middle of it"))
        }
    }

    @Test func `work whose worker died is taken one at a time, so that one item can't take the others down`() async throws {
        try await Workshop.open { workshop in
            for number in 1...4 { try await workshop.enqueue(Chore(number: number)) }
            var timings = Workshop.timings
            timings.lease = .zero
            let queue = WorkQueue(door: workshop.door, timings: timings)
            #expect(try await queue.claim([Chore.name], limit: 4).map(\.losses) == [0, 0, 0, 0])
            #expect(try await queue.claim([Chore.name], limit: 4, suspects: 0).isEmpty)
            // Those lost least often go first.
            for losses in [1, 1, 1, 1, 2] {
                try await eventually { try await queue.claim([Chore.name], limit: 4).map(\.losses) == [losses] }
            }
        }
    }

    @Test func `work that spins forever stops neither other work, nor leases, nor requests, and is set aside after two attempts`()
        async throws
    {
        try await Workshop.open { workshop in
            let spinning = ProcessInfo.processInfo.activeProcessorCount + 1
            for number in 1...spinning { try await workshop.enqueue(Spin(number: number)) }
            let isFree = Switch()
            defer { isFree.turnOn() }
            let started = Notebook<Int>()
            let done = Notebook<Int>()
            var timings = Workshop.timings
            timings.lease = .milliseconds(500)
            timings.grace = .milliseconds(100)
            timings.mostStrays = 1000
            let handlers = [
                WorkHandler { (spin: Spin, _) in
                    started.write(spin.number)
                    while !isFree.isOn {}
                },
                WorkHandler { (chore: Chore, _) in done.write(chore.number) },
            ]
            try await workshop.working(handlers, slots: [.quick: spinning + 2], timings: timings) {
                try await eventually { started.entries.count >= spinning }
                for number in 1...20 { try await workshop.enqueue(Chore(number: number)) }
                try await eventually { done.entries.count == 20 }
                try await TestTenant().candidate().get("/users/me").expect(200)
                try await eventually { try await workshop.queue(Spin.name).allSatisfy { $0.state == "dead" } }
            }
            // Longer than its lease each time, and nobody else took it meanwhile.
            #expect(started.entries.count == 2 * spinning)
            for row in try await workshop.queue(Spin.name) {
                #expect(row.error?.contains("ran over its time-out of 1.0 s") == true)
                #expect(row.attempts == 2)
            }
        }
    }

    @Test func `work that takes too long is told to stop, and set aside the second time`() async throws {
        try await Workshop.open { workshop in
            try await workshop.enqueue(Dawdle(number: 1))
            let ended = Notebook<Int>()
            let handler = WorkHandler { (dawdle: Dawdle, _) in
                defer { ended.write(dawdle.number) }
                try await Task.sleep(for: .seconds(60))
            }
            try await workshop.working([handler]) {
                try await eventually { try await workshop.queue(Dawdle.name).first?.state == "dead" }
            }
            #expect(ended.entries.count == 2)
            #expect(try await workshop.queue(Dawdle.name).first?.error?.contains("ran over its time-out of 0.1 s") == true)
        }
    }

    @Test func `a worker with too many attempts that won't end ends itself, when its other work is done`() async throws {
        try await Workshop.open { workshop in
            let isFree = Switch()
            defer { isFree.turnOn() }
            for _ in 1...2 { try await workshop.enqueue(Spin(number: 1)) }
            try await workshop.enqueue(Chore(number: 1))
            var timings = Workshop.timings
            timings.grace = .milliseconds(50)
            timings.mostStrays = 2
            let done = Notebook<Int>()
            let leave = Signal()
            let handlers = [
                WorkHandler { (_: Spin, _) in while !isFree.isOn {} },
                WorkHandler { (chore: Chore, _) in
                    await leave.wait(atMost: .seconds(20))
                    done.write(chore.number)
                },
            ]
            let worker = Worker(
                door: workshop.door,
                handlers: handlers,
                committed: workshop.store.committed,
                slots: [.quick: 4],
                timings: timings,
                logger: Workshop.logger
            )
            let running = Task { try await worker.run() }
            try await eventually { try await workshop.queue(Spin.name).allSatisfy { $0.error?.contains("time-out") == true } }
            leave.ring()
            await #expect(throws: TooManyStrays.self) { try await running.value }
            #expect(done.entries == [1])
        }
    }

    @Test func `long work keeps its lease, and nobody else does it meanwhile`() async throws {
        try await Workshop.open { workshop in
            try await workshop.enqueue(Chore(number: 1))
            let started = Notebook<Int>()
            let leave = Signal()
            let handler = WorkHandler { (chore: Chore, _) in
                started.write(chore.number)
                #expect(await leave.wait(atMost: .seconds(20)))
            }
            var timings = Workshop.timings
            timings.lease = .milliseconds(300)
            try await workshop.working([handler], slots: [.quick: 2], timings: timings) {
                try await eventually { started.entries.count == 1 }
                let first = try #require(try await workshop.queue(Chore.name).first?.leasedUntil)
                try await eventually {
                    let now = try await workshop.queue(Chore.name).first?.leasedUntil ?? first
                    return now.timeIntervalSince(first) > 0.9
                }
                leave.ring()
                try await eventually { try await workshop.queue(Chore.name).isEmpty }
            }
            #expect(started.entries.count == 1)
        }
    }

    @Test func `a worker that lost the lease can neither finish nor set aside the work`() async throws {
        try await Workshop.open { workshop in
            try await workshop.enqueue(Chore(number: 1))
            var timings = Workshop.timings
            timings.lease = .zero
            let queue = WorkQueue(door: workshop.door, timings: timings)
            let lost = try #require(try await queue.claim([Chore.name], limit: 1).first)
            try await eventually { try await queue.claim([Chore.name], limit: 1).count == 1 }
            #expect(try await workshop.door.upkeep(WorkSQL.renew([lost], until: .distantFuture)).isEmpty)
            try await queue.settle(lost, .done)
            try await queue.settle(lost, .dead("late"))
            #expect(try await workshop.queue(Chore.name).map(\.state) == ["leased"])
        }
    }

    @Test func `one tenant's storm does not keep another waiting`() async throws {
        try await Workshop.open(tenants: 2) { workshop in
            for number in 1...60 { try await workshop.enqueue(Chore(number: number), for: workshop.tenants[0]) }
            try await workshop.enqueue(Chore(number: 0), for: workshop.tenants[1])
            let done = Notebook<Int>()
            try await workshop.working([WorkHandler { (chore: Chore, _) in done.write(chore.number) }]) {
                try await eventually { done.entries.contains(0) }
            }
            // Ties are broken at random: losing thirty in a row would take a billion runs.
            #expect(try #require(done.entries.firstIndex(of: 0)) < 30)
        }
    }

    @Test func `stalled mails, a hung webhook and long exports keep no other work waiting`() async throws {
        try await Workshop.open(tenants: 2) { workshop in
            let (stalled, done) = (Notebook<String>(), Notebook<Int>())
            for number in 1...8 {
                for tenant in workshop.tenants {
                    try await workshop.enqueue(Letter(number: number), for: tenant)
                    try await workshop.enqueue(Errand(number: number), for: tenant)
                    try await workshop.enqueue(Export(number: number), for: tenant)
                }
            }
            @Sendable func stall(_ name: String) async throws {
                stalled.write(name)
                try await Task.sleep(for: .seconds(600))
            }
            let handlers = [
                WorkHandler { (_: Letter, _) in try await stall(Letter.name) },
                WorkHandler { (_: Errand, _) in try await stall(Errand.name) },
                WorkHandler { (_: Export, _) in try await stall(Export.name) },
                WorkHandler { (chore: Chore, _) in done.write(chore.number) },
                WorkHandler { (document: Document, _) in done.write(-document.number) },
            ]
            try await workshop.working(handlers, slots: [.quick: 2, .mail: 2, .network: 2, .heavy: 3]) {
                // Exports leave two slots to the others in their lane.
                try await eventually { stalled.entries.count == 2 + 2 + 1 }
                for number in 1...5 {
                    try await workshop.enqueue(Chore(number: number))
                    try await workshop.enqueue(Document(number: number))
                }
                try await eventually { Set(done.entries) == Set(-5 ... -1).union(1...5) }
                #expect(stalled.entries.count == 5)
            }
        }
    }

    @Test func `a tenant whose work hangs doesn't take a lane's last slot`() async throws {
        try await Workshop.open(tenants: 2) { workshop in
            let (started, done) = (Notebook<Int>(), Notebook<Int>())
            for number in 1...5 { try await workshop.enqueue(Errand(number: number)) }
            let hanging = workshop.tenants[0]
            let handler = WorkHandler { (errand: Errand, actor) in
                guard actor.tenant == hanging else { return done.write(errand.number) }
                started.write(errand.number)
                try await Task.sleep(for: .seconds(600))
            }
            try await workshop.working([handler], slots: [.network: 3]) {
                try await eventually { started.entries.count == 2 }
                for number in 1...3 { try await workshop.enqueue(Errand(number: number), for: workshop.tenants[1]) }
                try await eventually { done.entries == [1, 2, 3] }
                #expect(started.entries.count == 2)
            }
        }
    }

    @Test func `a claim locks what it takes and nothing else`() async throws {
        try await Workshop.open(tenants: 3) { workshop in
            for tenant in workshop.tenants {
                for number in 1...3 { try await workshop.enqueue(Chore(number: number), for: tenant) }
            }
            let queue = WorkQueue(door: workshop.door, timings: Workshop.timings)
            let now = workshop.door.clock.now()
            try await workshop.door.upkeep { transaction in
                let claim = WorkSQL.claim([Chore.name], limit: 2, .init(), suspects: 1, lease: UUID(), now: now, until: now)
                let taken = try await transaction.query(claim).count
                #expect(taken == 2)
                // In the meantime, on another connection.
                let others = try await queue.claim([Chore.name], limit: 100).count
                #expect(others == 7)
            }
        }
    }

    @Test func `a tenant with a hundred thousand items delays another's work by at most a second`() async throws {
        try await Workshop.open(tenants: 2) { workshop in
            let now = workshop.door.clock.now()
            _ = try await workshop.door.upkeep(
                """
                INSERT INTO work (tenant_id, id, name, payload, priority, run_at, created_at)
                SELECT \(workshop.tenants[0]), gen_random_uuid(), \(Chore.name), '{"number": 0}', 10 * (n % 3), \(now), \(now)
                FROM generate_series(1, 100000) n
                """
            )
            _ = try await workshop.door.upkeep("ANALYZE work")
            let claim = WorkSQL.claim([Chore.name, Letter.name], limit: 4, .init(), suspects: 1, lease: UUID(), now: now, until: now)
            let plan = try await workshop.door.upkeep { try await $0.query("EXPLAIN (ANALYZE, BUFFERS OFF, TIMING OFF) " + claim) }
                .map { try $0("QUERY PLAN") as String }
            #expect(!plan.contains { $0.contains("Seq Scan on work") }, "\(plan.joined(separator: "\n"))")
            let read = plan.compactMap { line -> Int? in
                guard line.contains("work"), let range = line.range(of: "(actual rows=") else { return nil }
                return Int(line[range.upperBound...].prefix { $0.isNumber })
            }
            #expect(read.allSatisfy { $0 < 100 }, "\(plan.joined(separator: "\n"))")

            // How many of the storm's items were begun while the other's waited.
            let delays = Notebook<Int>()
            let begun = Mutex(0)
            let other = workshop.tenants[1]
            let handler = WorkHandler { (chore: Chore, actor) in
                guard actor.tenant == other else {
                    begun.withLock { $0 += 1 }
                    return try await Task.sleep(for: .milliseconds(5))
                }
                delays.write(begun.withLock(\.self) - chore.number)
            }
            try await workshop.working([handler], slots: [.quick: 4]) {
                for count in 1...100 {
                    try await workshop.enqueue(Chore(number: begun.withLock(\.self)), for: other)
                    try await eventually { delays.entries.count == count }
                }
            }
            let sorted = delays.entries.sorted()
            // As many as four slots begin in a second.
            #expect(sorted[98] < 800, "p50 \(sorted[49]), p99 \(sorted[98])")
            #expect(try await workshop.queue(Chore.name).count > 10_000)
        }
    }

    @Test func `a suspended tenant's work waits until it is resumed`() async throws {
        try await Workshop.open(tenants: 2) { workshop in
            func standing(_ status: String) async throws {
                _ = try await workshop.door.upkeep("UPDATE tenants SET status = \(status) WHERE id = \(workshop.tenants[0])")
            }
            try await standing("suspended")
            try await workshop.enqueue(Chore(number: 1), for: workshop.tenants[0])
            try await workshop.enqueue(Chore(number: 2), for: workshop.tenants[1])
            let done = Notebook<Int>()
            try await workshop.working([WorkHandler { (chore: Chore, _) in done.write(chore.number) }]) {
                try await eventually { done.entries == [2] }
                try await standing("active")
                try await eventually { done.entries == [2, 1] }
            }
        }
    }

    @Test func `work that this server does not know waits for one that does`() async throws {
        try await Workshop.open { workshop in
            try await workshop.enqueue(ForeignChore(number: 1))
            try await workshop.enqueue(Chore(number: 1))
            try await workshop.working([WorkHandler { (_: Chore, _) in }]) {
                try await eventually { try await workshop.queue(Chore.name).isEmpty }
            }
            #expect(try await workshop.queue(ForeignChore.name) == [QueueRow(state: "waiting", attempts: 0, error: nil, leasedUntil: nil)])
        }
    }

    @Test func `failed work gives way to newer work with the same key`() async throws {
        try await Workshop.open { workshop in
            let options = WorkOptions(uniqueKey: "one")
            try await workshop.enqueue(Chore(number: 1), options)
            let queue = WorkQueue(door: workshop.door, timings: Workshop.timings)
            let piece = try #require(try await queue.claim([Chore.name], limit: 1).first)
            try await workshop.enqueue(Chore(number: 2), options)
            try await workshop.enqueue(Chore(number: 3), options)
            try await queue.settle(piece, .failed("once"))
            #expect(try await workshop.queue(Chore.name) == [QueueRow(state: "waiting", attempts: 0, error: nil, leasedUntil: nil)])
        }
    }

    @Test func `an overdue schedule runs once and goes on in the future`() async throws {
        try await Workshop.open { workshop in
            let start = workshop.store.clock.now()
            try await workshop.schedule(Chore.name, nextAt: start.addingTimeInterval(-100_000))
            let done = Notebook<Int>()
            try await workshop.working([WorkHandler { (chore: Chore, _) in done.write(chore.number) }]) {
                try await eventually { !done.entries.isEmpty }
            }
            #expect(done.entries == [5])
            let next = try await workshop.nextScheduled()
            #expect(next > start)
            #expect(next <= start.addingTimeInterval(3600 + 60))
        }
    }

    @Test func `on shutdown running work is finished and nothing new begins`() async throws {
        try await Workshop.open { workshop in
            for number in 1...2 { try await workshop.enqueue(Chore(number: number)) }
            let started = Notebook<Int>()
            let leave = Signal()
            let handler = WorkHandler { (chore: Chore, _) in
                started.write(chore.number)
                #expect(await leave.wait(atMost: .seconds(20)))
            }
            let worker = Worker(
                door: workshop.door,
                handlers: [handler],
                committed: workshop.store.committed,
                slots: [.quick: 1],
                timings: Workshop.timings,
                logger: Workshop.logger
            )
            let group = ServiceGroup(services: [worker], logger: Workshop.logger)
            let running = Task { try await group.run() }
            try await eventually { started.entries.count == 1 }
            await group.triggerGracefulShutdown()
            leave.ring()
            try await running.value
            #expect(started.entries.count == 1)
            #expect(try await workshop.queue(Chore.name).map(\.state) == ["waiting"])
        }
    }

    @Test func `work interrupted by a hard stop is queued again with its attempt given back`() async throws {
        try await Workshop.open { workshop in
            try await workshop.enqueue(Chore(number: 1))
            let started = Notebook<Int>()
            let handler = WorkHandler { (chore: Chore, _) in
                started.write(chore.number)
                try await Task.sleep(for: .seconds(60))
            }
            try await workshop.working([handler]) {
                try await eventually { started.entries.count == 1 }
            }
            let rows = try await workshop.queue(Chore.name)
            #expect(rows == [QueueRow(state: "waiting", attempts: 0, error: nil, leasedUntil: nil)])
        }
    }

    @Test func `another process hears of new work long before it would poll`() async throws {
        try await Workshop.open { workshop in
            var timings = Workshop.timings
            timings.poll = .seconds(600)
            let done = Notebook<Int>()
            let listening = Worker(
                door: workshop.door,
                handlers: [WorkHandler { (chore: Chore, _) in done.write(chore.number) }],
                committed: Signal(),
                listenerURL: workshop.url,
                timings: timings,
                logger: Workshop.logger
            )
            let telling = Worker(
                door: workshop.door,
                handlers: [],
                committed: workshop.store.committed,
                listenerURL: workshop.url,
                timings: timings,
                logger: Workshop.logger
            )
            let running = [Task { try await listening.run() }, Task { try await telling.run() }]
            defer { for task in running { task.cancel() } }
            // The first may be found by polling; from the second on it takes the notification.
            for number in 1...3 {
                try await workshop.enqueue(Chore(number: number))
                try await eventually { done.entries.count == number }
            }
        }
    }
}

extension Workshop {
    fileprivate func schedule(_ name: String, nextAt time: Date) async throws {
        _ = try await store.query(
            as: SystemActor(tenant: tenant),
            """
            INSERT INTO schedules (tenant_id, name, work_name, payload, every_seconds, next_run_at)
            VALUES (\(tenant), 'hourly', \(name), '{"number": 5}', 3600, \(time))
            """
        )
    }

    fileprivate func nextScheduled() async throws -> Date {
        let row = try #require(try await door.upkeep("SELECT next_run_at FROM schedules").first)
        return try row("next_run_at")
    }
}
