import Kernel
import Postgres

struct SetStoreValue: Codable, Sendable {
    let key: StoreKey
    let value: JSON
}

extension Rules {
    /// Takes the same lock as runs that change the store: a rule that had read the value before runs again.
    func setStoreValue(_ input: SetStoreValue, by admin: TenantAdmin) async throws(Failure) -> StoreEntry {
        guard !input.value.isNull else { throw .validation("value", "Must not be null: delete the key instead.") }
        return try await store.transaction(as: admin) { tx in
            tx.queue(StoreQueries.lock(tx.tenant))
            let former = try await storedValue(input.key, in: tx)
            tx.queue(StoreQueries.set(input.key.value, input.value, tx))
            let counts: [Int] = try await tx.query(StoreQueries.count(tx.tenant)).decoded { try $0("keys") }
            guard counts.allSatisfy({ $0 <= StoreQueries.mostKeys }) else { throw Failure.storeFull }
            if former != input.value {
                try tx.append(StoreChanged(tenant: tx.tenant, key: input.key.value, value: input.value, former: former))
            }
            return StoreEntry(key: input.key.value, value: input.value, updatedAt: tx.now)
        }
    }

    /// Nil if there is none.
    func storedValue(_ key: StoreKey, in tx: TenantTransaction) async throws(Failure) -> JSON? {
        try await tx.query(StoreQueries.values([key.value], tenant: tx.tenant)).decoded { try $0.json("value") }.first
    }
}
