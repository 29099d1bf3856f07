/// Stores an operation's answer under its `Idempotency-Key`, in the transaction of its last write. It fails, and the write with it, where the
/// claim on the key has passed to another.
package struct AnswerKeeper: Sendable {
    package typealias Keep = @Sendable (any Codable & Sendable, TenantTransaction) async throws(Failure) -> Void

    let keep: Keep

    package init(_ keep: @escaping Keep) {
        self.keep = keep
    }
}
