import Synchronization

/// Stores an operation's answer under its `Idempotency-Key`, in the transaction of its last write. It fails, and the write with it, if
/// another request has taken over the claim on the key.
package final class AnswerKeeper: Sendable {
    package typealias Store = @Sendable (any Codable & Sendable, TenantTransaction) async throws(Failure) -> Void

    private let store: Store
    private let isCommitted = Atomic(false)

    package init(_ store: @escaping Store) {
        self.store = store
    }

    /// Whether an answer has been stored: its transaction has committed.
    package var hasKept: Bool { isCommitted.load(ordering: .relaxed) }

    func keep(_ output: any Codable & Sendable, _ tx: TenantTransaction) async throws(Failure) {
        try await store(output, tx)
        tx.afterCommit { self.isCommitted.store(true, ordering: .relaxed) }
    }
}
