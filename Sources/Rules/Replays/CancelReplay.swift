import Kernel

extension Rules {
    /// Its worker notices within a second; what was found until then stays.
    func cancelReplay(_ input: ShowReplay, by admin: TenantAdmin) async throws(Failure) -> ReplayView {
        try await store.transaction(as: admin) { tx in
            _ = try await replay(input.id, in: tx)
            guard try await tx.execute(ReplayQueries.cancel(input.id, tx)) == 1 else { throw Failure.replayOver }
            return try await replay(input.id, in: tx)
        }
    }
}
