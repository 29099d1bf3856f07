import CArgon2
import Dispatch
import Foundation
import Synchronization

/// Argon2id, which takes its time and memory on purpose: on two threads of its own, with a short queue before them.
/// Whoever comes when the queue is full is refused at once instead of waiting for long.
package final class PasswordHashing: Sendable {
    package struct Overloaded: Error {}
    package struct Failed: Error {
        package let reason: String
    }

    private let lanes: [DispatchQueue]
    private let limit: Int
    /// How many calls each lane has, the running one included.
    private let loads: Mutex<[Int]>
    private let nobody: String

    /// About 30 ms for each call: the default queue is waited for a second at most.
    package init(threads: Int = 2, waiting: Int = 64) throws(Failed) {
        lanes = (0..<threads).map { DispatchQueue(label: "argon2.\($0)") }
        limit = threads + waiting
        loads = Mutex(Array(repeating: 0, count: threads))
        nobody = try Argon2.hash(randomBytes(32))
    }

    package func hash(_ password: String) async throws -> String {
        let password = prepared(password)
        return try await run { try Argon2.hash(password) }
    }

    package func verify(_ password: String, against encoded: String) async throws -> Bool {
        let password = prepared(password)
        return try await run { try Argon2.verify(password, against: encoded) }
    }

    /// Takes as long as `verify` and is always false, so that the time does not tell an unknown account from a wrong password.
    package func verifyAgainstNobody(_ password: String) async throws -> Bool {
        let password = prepared(password)
        return try await run { [nobody] in
            // The hash is of random bytes that were not kept; a match would be chance.
            _ = try Argon2.verify(password, against: nobody)
            return false
        }
    }

    /// Whether a stored hash was made with other parameters than are used now and should be made anew at the next sign-in.
    package func isOutdated(_ encoded: String) -> Bool {
        !encoded.hasPrefix(Argon2.prefix)
    }

    private func run<R: Sendable>(_ work: @escaping @Sendable () throws -> R) async throws -> R {
        try Task.checkCancellation()
        let lane = try loads.withLock { loads throws(Overloaded) in
            guard loads.reduce(0, +) < limit, let lane = loads.indices.min(by: { loads[$0] < loads[$1] }) else { throw Overloaded() }
            loads[lane] += 1
            return lane
        }
        defer { loads.withLock { $0[lane] -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            lanes[lane].async { continuation.resume(with: Result(catching: work)) }
        }
    }
}

// One spelling of a letter: a phone and a laptop may compose an umlaut differently (RFC 8265, 4.2.2).
private func prepared(_ password: String) -> [UInt8] {
    Array(password.precomposedStringWithCanonicalMapping.utf8)
}

private func randomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in generator.next() }
}

private enum Argon2 {
    // The second choice of OWASP's password storage cheat sheet: 19 MiB, two passes, one lane.
    static let memory: UInt32 = 19_456
    static let passes: UInt32 = 2
    static let parallelism: UInt32 = 1
    static let prefix = "$argon2id$v=19$m=\(memory),t=\(passes),p=\(parallelism)$"
    // RFC 9106, 3.1: 16 bytes of salt are recommended for passwords.
    static let saltLength = 16
    static let hashLength = 32

    static func hash(_ password: [UInt8]) throws(PasswordHashing.Failed) -> String {
        let salt = randomBytes(saltLength)
        let length = argon2_encodedlen(passes, memory, parallelism, UInt32(saltLength), UInt32(hashLength), Argon2_id)
        var encoded = [CChar](repeating: 0, count: length)
        let status = argon2id_hash_encoded(
            passes,
            memory,
            parallelism,
            password,
            password.count,
            salt,
            salt.count,
            hashLength,
            &encoded,
            length
        )
        guard status == ARGON2_OK.rawValue else { throw failed(status) }
        return String(decoding: encoded.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    static func verify(_ password: [UInt8], against encoded: String) throws(PasswordHashing.Failed) -> Bool {
        let status = argon2id_verify(encoded, password, password.count)
        if status == ARGON2_VERIFY_MISMATCH.rawValue { return false }
        guard status == ARGON2_OK.rawValue else { throw failed(status) }
        return true
    }

    private static func failed(_ status: Int32) -> PasswordHashing.Failed {
        PasswordHashing.Failed(reason: String(cString: argon2_error_message(status)))
    }
}
