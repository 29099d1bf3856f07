import Kernel
import Postgres

import struct Foundation.Data
import struct Foundation.Date

/// Honors Idempotency-Key: the operation and its stored answer are one transaction, so a key has an answer exactly if its effect happened.
struct StoredAnswers: Sendable {
    let store: TenantStore
    private let turns = Turns()

    init(store: TenantStore) {
        self.store = store
    }

    /// - Parameter fingerprint: what the key stands for: method, path and body.
    func answer(
        _ key: String,
        _ fingerprint: [UInt8],
        by caller: SignedIn,
        to operation: Operation,
        _ source: InputSource
    ) async throws(Failure) -> Answer {
        // Requests of one key would each block a connection on the same row; here they wait for one another without one.
        let turn = "\(caller.tenant) \(caller.user) \(key)"
        await turns.take(turn)
        defer { turns.leave(turn) }
        return try await store.transaction(as: caller) { transaction in
            let claimed = try await transaction.execute(Queries.claim(key, fingerprint, by: caller, at: transaction.now))
            guard claimed == 1 else { return try await replay(key, fingerprint, by: caller, operation, in: transaction) }
            let output = try await operation.perform(source, by: caller.caller.joining(transaction))
            let answer = try Answer(output, of: operation)
            transaction.queue(Queries.keep(answer, key, by: caller))
            return answer
        }
    }

    private func replay(
        _ key: String,
        _ fingerprint: [UInt8],
        by caller: SignedIn,
        _ operation: Operation,
        in transaction: TenantTransaction
    ) async throws -> Answer {
        guard let row = try await transaction.first(Queries.stored(key, by: caller)) else { throw Failure.unavailable }
        guard try row("fingerprint") as [UInt8] == fingerprint else { throw Failure.keyReused }
        var answer = Answer(status: try row("status"))
        answer.data = try row("body")
        answer.isReplayed = true
        if operation.output is any Versioned.Type, case .integer(let version) = try JSON(parsing: answer.data)["version"] {
            answer.version = version
        }
        return answer
    }
}

extension StoredAnswers {
    private enum Queries {
        static func claim(_ key: String, _ fingerprint: [UInt8], by caller: SignedIn, at now: Date) -> SQL {
            """
            INSERT INTO idempotency_keys (tenant_id, principal, key, fingerprint, created_at)
            VALUES (\(caller.tenant), \(caller.user.description), \(key), \(fingerprint), \(now))
            ON CONFLICT (tenant_id, principal, key) DO NOTHING
            """
        }

        static func keep(_ answer: Answer, _ key: String, by caller: SignedIn) -> SQL {
            """
            UPDATE idempotency_keys
            SET status = \(answer.status), body = \(answer.data)
            WHERE tenant_id = \(caller.tenant) AND principal = \(caller.user.description) AND key = \(key)
            """
        }

        static func stored(_ key: String, by caller: SignedIn) -> SQL {
            """
            SELECT fingerprint, status, body
            FROM idempotency_keys
            WHERE tenant_id = \(caller.tenant) AND principal = \(caller.user.description) AND key = \(key)
            """
        }
    }
}

extension Failure {
    static let keyReused = Failure(
        .conflict,
        "This Idempotency-Key has been used for another request.",
        code: "IDEMPOTENCY_KEY_REUSED"
    )
}
