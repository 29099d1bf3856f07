import Crypto
import Kernel
import Postgres

import struct Foundation.Data
import struct Foundation.Date
import struct Foundation.UUID

/// Honors Idempotency-Key as the operation declares: its answer is stored in the transaction of its effect, or the key is claimed first and
/// the answer stored afterwards, for operations that must not hold a transaction open. A claim whose process died expires with its lease. A
/// stored answer is only for callers who may see it now: it is bound to what its caller could do then, and what it is about must still be
/// visible to them.
struct StoredAnswers: Sendable {
    let store: TenantStore
    /// The GET operations by path, to ask whether something may be seen.
    private let views: [String: APIOperation]
    private let keys = KeyedMutex<String>()

    init(store: TenantStore, operations: [APIOperation]) {
        self.store = store
        let views = operations.filter { $0.method == .get && $0.output != FileDownload.self }
        self.views = Dictionary(views.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// - Parameter fingerprint: what the key stands for: method, path and body.
    func answer(
        _ key: String,
        _ fingerprint: [UInt8],
        by caller: SignedIn,
        to operation: APIOperation,
        _ source: InputSource
    ) async throws(Failure) -> Answer {
        let claim = Claim(key: key, fingerprint: fingerprint, caller: caller)
        return switch operation.retry {
        case .claimedFirst: try await answerClaimed(claim, to: operation, source)
        case .storedWithEffect, .byItself: try await answerWithEffect(claim, to: operation, source)
        }
    }

    private func answerWithEffect(_ claim: Claim, to operation: APIOperation, _ source: InputSource) async throws(Failure) -> Answer {
        // Requests with the same key would each block a connection on the same row; here they wait for one another without one.
        let owned = "\(claim.caller.tenant) \(claim.caller.owner) \(claim.key)"
        await keys.lock(owned)
        defer { keys.unlock(owned) }
        return try await store.transaction(as: claim.caller) { tx in
            guard try await tx.execute(Queries.claim(claim, at: tx.now)) == 1 else {
                return try await replay(claim, operation, source, in: tx)
            }
            let output = try await operation.perform(source, by: claim.caller.caller.joining(tx))
            let answer = try Answer(output, of: operation)
            tx.queue(Queries.keep(answer, in: claim.row))
            return answer
        }
    }

    private func replay(
        _ claim: Claim,
        _ operation: APIOperation,
        _ source: InputSource,
        in transaction: TenantTransaction
    ) async throws -> Answer {
        guard let row = try await transaction.first(Queries.stored(claim)) else { throw Failure.unavailable }
        guard try row("fingerprint") as [UInt8] == claim.fingerprint else { throw Failure.keyReused }
        guard try row("standing") as [UInt8]? == claim.caller.fingerprint else { throw Failure.standingChanged }
        guard let status: Int = try row("status") else { throw Failure.keyInUse }
        var answer = Answer(status: status)
        answer.data = try row("body")
        answer.isReplayed = true
        try await requireVisible(answer, to: claim.caller, operation, source, in: transaction)
        if operation.output is any Versioned.Type, case .integer(let version) = try JSON(parsing: answer.data)["version"] {
            answer.version = version
        }
        return answer
    }
}

extension StoredAnswers {
    /// How long a claim outlives its process.
    private static let leaseSeconds = 30.0

    private func answerClaimed(_ claim: Claim, to operation: APIOperation, _ source: InputSource) async throws(Failure) -> Answer {
        let stored = try await store.transaction(as: claim.caller) { tx -> Answer? in
            if try await tx.execute(Queries.claimFirst(claim, until: tx.now.addingTimeInterval(Self.leaseSeconds), at: tx.now)) == 1 {
                return nil
            }
            return try await replay(claim, operation, source, in: tx)
        }
        if let stored { return stored }
        let renewal = Task { await renew(claim) }
        defer { renewal.cancel() }
        do throws(Failure) {
            let keeper = AnswerKeeper { output, tx throws(Failure) in
                let kept = try await tx.execute(Queries.keep(try Answer(output, of: operation), in: claim.isOurs))
                guard kept == 1 else { throw .keyInUse }
            }
            let output = try await operation.perform(source, by: claim.caller.caller.keepingAnswer(keeper))
            let answer = try Answer(output, of: operation)
            // If this fails, the effect stands all the same, and the claim expires.
            if !keeper.hasKept { _ = try? await store.query(as: claim.caller, Queries.keep(answer, in: claim.isOurs)) }
            return answer
        } catch {
            await release(claim)
            throw error
        }
    }

    /// Renews the claim while the operation runs. A failed renewal is made up for by the next one, or the claim expires.
    private func renew(_ claim: Claim) async {
        while (try? await Task.sleep(for: .seconds(Self.leaseSeconds / 3))) != nil {
            let until = store.clock.now().addingTimeInterval(Self.leaseSeconds)
            _ = try? await store.query(as: claim.caller, Queries.renew(claim, until: until))
        }
    }

    /// Frees the key after a failure. Unstructured, because the caller may have gone away; if it fails, the claim expires.
    private func release(_ claim: Claim) async {
        await Task { _ = try? await store.query(as: claim.caller, Queries.release(claim)) }.value
    }

    /// Asks for what the answer is about, as the caller would now: if that isn't found, neither is the answer. What only people or other
    /// roles look at is left to the operation's own admission.
    private func requireVisible(
        _ answer: Answer,
        to caller: SignedIn,
        _ operation: APIOperation,
        _ source: InputSource,
        in transaction: TenantTransaction
    ) async throws {
        let path = operation.subject ?? operation.path
        let made = answer.data.isEmpty ? nil : try JSON(parsing: answer.data)["id"]?.string
        let asked = source.texts["id"]
        let candidates = operation.subject == nil ? [(path + "/{id}", made), (path.throughFirstID, asked)] : [(path, made)]
        for (path, id) in candidates {
            guard let id, let view = views[path] else { continue }
            let viewer = caller.caller.joining(transaction)
            guard view.mayCall(viewer) else { return }
            do throws(Failure) {
                _ = try await view.perform(InputSource(texts: ["id": id]), by: viewer)
            } catch {
                throw error.kind == .notFound ? Failure.answerHidden : error
            }
            return
        }
    }
}

extension APIOperation {
    fileprivate func mayCall(_ caller: Caller) -> Bool {
        do throws(Failure) {
            try admit(caller)
            return true
        } catch {
            return false
        }
    }
}

extension String {
    /// `/applications/{id}/notes` is about `/applications/{id}`.
    fileprivate var throughFirstID: String { firstRange(of: "/{id}").map { String(self[..<$0.upperBound]) } ?? self }
}

extension SignedIn {
    /// Whose the stored answer is: the person's, or the API key's, which is not its maker's.
    fileprivate var owner: String { caller.key.map { "key:\($0.id.uuidString.lowercased())" } ?? user.description }

    fileprivate var fingerprint: [UInt8] { Array(SHA256.hash(data: Array(caller.standing.utf8))) }
}

/// One request's claim on a key.
private struct Claim: Sendable {
    let id = UUID()
    let key: String
    let fingerprint: [UInt8]
    let caller: SignedIn

    /// The row of the key, whoever has claimed it.
    var row: SQL { "tenant_id = \(caller.tenant) AND principal = \(caller.owner) AND key = \(key)" }

    /// That row, while the claim is ours and nothing is stored.
    var isOurs: SQL { "\(row) AND claim = \(id) AND status IS NULL" }
}

extension StoredAnswers {
    private enum Queries {
        /// Takes a key that nobody has used, or whose claim has expired.
        static func claimFirst(_ claim: Claim, until: Date, at now: Date) -> SQL {
            """
            INSERT INTO idempotency_keys AS k (tenant_id, principal, key, fingerprint, standing, created_at, claim, claimed_until)
            VALUES (
                \(claim.caller.tenant), \(claim.caller.owner), \(claim.key), \(claim.fingerprint), \(claim.caller.fingerprint), \(now),
                \(claim.id), \(until)
            )
            ON CONFLICT (tenant_id, principal, key) DO UPDATE
            SET claim = EXCLUDED.claim, claimed_until = EXCLUDED.claimed_until, standing = EXCLUDED.standing, created_at = EXCLUDED.created_at
            WHERE k.status IS NULL AND k.claimed_until < \(now) AND k.fingerprint = EXCLUDED.fingerprint
            """
        }

        static func keep(_ answer: Answer, in row: SQL) -> SQL {
            "UPDATE idempotency_keys SET status = \(answer.status), body = \(answer.data) WHERE \(row)"
        }

        static func renew(_ claim: Claim, until: Date) -> SQL {
            "UPDATE idempotency_keys SET claimed_until = \(until) WHERE \(claim.isOurs)"
        }

        static func release(_ claim: Claim) -> SQL {
            "DELETE FROM idempotency_keys WHERE \(claim.isOurs)"
        }

        static func claim(_ claim: Claim, at now: Date) -> SQL {
            let caller = claim.caller
            return """
                INSERT INTO idempotency_keys (tenant_id, principal, key, fingerprint, standing, created_at)
                VALUES (\(caller.tenant), \(caller.owner), \(claim.key), \(claim.fingerprint), \(caller.fingerprint), \(now))
                ON CONFLICT (tenant_id, principal, key) DO NOTHING
                """
        }

        static func stored(_ claim: Claim) -> SQL {
            "SELECT fingerprint, standing, status, body FROM idempotency_keys WHERE \(claim.row)"
        }
    }
}

extension Failure {
    static let standingChanged = Failure(
        .conflict,
        "Your permissions have changed since this Idempotency-Key was used, so its answer isn't shown again. Check the result with a GET.",
        code: "IDEMPOTENCY_STANDING_CHANGED"
    )
    static let answerHidden = Failure(.notFound, "What this answer was about no longer exists.")
    static let keyInUse = Failure(
        .conflict,
        "The first request with this Idempotency-Key is still being answered. Try again in a moment.",
        code: "IDEMPOTENCY_KEY_IN_USE",
        details: ["retryAfter": 2]
    )
    static let keyReused = Failure(
        .conflict,
        "This Idempotency-Key has been used for another request.",
        code: "IDEMPOTENCY_KEY_REUSED"
    )
}
