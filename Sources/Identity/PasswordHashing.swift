import Foundation
import Kernel
import Synchronization

/// Argon2id, which is slow and takes memory on purpose: on threads of its own with low priority, behind a queue. Calls that come when
/// the queue is full are refused at once instead of waiting for long.
package final class PasswordHashing: Sendable {
    package struct Overloaded: Error {}
    package struct Failed: Error {
        package let reason: String
    }

    private let lanes: [HashingThread]
    private let limit: Int
    /// How many calls each lane has, the running one included.
    private let loads: Mutex<[Int]>
    private let nobody: String
    private let cost: PasswordCost

    /// Half of the processors: with a niced thread on each of them, threads that woke up had to wait until the scheduler moved one away,
    /// and a flood of sign-ins made others' p99 thirteen times as long; now it is less than twice as long. `waitingEach`: calls that wait
    /// for a thread; at about 30 ms each an office of 250 that signs in at the same moment waits for some seconds, and nobody is refused.
    package init(
        cost: PasswordCost = .standard,
        threads: Int = max(1, ProcessInfo.processInfo.activeProcessorCount / 2),
        waitingEach: Int = 250
    ) throws(Failed) {
        self.cost = cost
        lanes = (0..<threads).map { _ in HashingThread() }
        limit = threads * (1 + waitingEach)
        loads = Mutex(Array(repeating: 0, count: threads))
        nobody = try Argon2.hash(randomBytes(32), cost, in: HashingMemory())
    }

    package func hash(_ password: String) async throws -> String {
        let password = prepared(password)
        return try await run { [cost] memory in try Argon2.hash(password, cost, in: memory) }
    }

    package func verify(_ password: String, against encoded: String) async throws -> Bool {
        let password = prepared(password)
        return try await run { memory in try Argon2.verify(password, against: encoded, in: memory) }
    }

    /// Takes as long as `verify` and is always false, so that timing doesn't tell an unknown account from a wrong password.
    package func verifyAgainstNobody(_ password: String) async throws -> Bool {
        let password = prepared(password)
        return try await run { [nobody] memory in
            // The hash is of random bytes that were not kept; a match would be chance.
            _ = try Argon2.verify(password, against: nobody, in: memory)
            return false
        }
    }

    /// Whether a stored hash has another cost than the current one and should be replaced at the next sign-in.
    package func isOutdated(_ encoded: String) -> Bool {
        !encoded.hasPrefix(Argon2.prefix(cost))
    }

    private func run<R: Sendable>(_ work: @escaping @Sendable (HashingMemory) throws -> R) async throws -> R {
        try Task.checkCancellation()
        let lane = try loads.withLock { loads throws(Overloaded) in
            guard loads.reduce(0, +) < limit, let lane = loads.indices.min(by: { loads[$0] < loads[$1] }) else { throw Overloaded() }
            loads[lane] += 1
            return lane
        }
        defer { loads.withLock { $0[lane] -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            lanes[lane].perform { memory in continuation.resume(with: Result { try work(memory) }) }
        }
    }
}

// Normalized: a phone and a laptop may compose an umlaut differently (RFC 8265, 4.2.2).
private func prepared(_ password: String) -> [UInt8] {
    Array(password.precomposedStringWithCanonicalMapping.utf8)
}
