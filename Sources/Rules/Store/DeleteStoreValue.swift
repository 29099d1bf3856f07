import Kernel

struct DeleteStoreValue: Codable, Sendable {
    let key: StoreKey
}

extension Rules {
    func deleteStoreValue(_ input: DeleteStoreValue, by admin: TenantAdmin) async throws(Failure) -> NoContent {
        try await store.transaction(as: admin) { tx in
            tx.queue(StoreQueries.lock(tx.tenant))
            guard let former = try await storedValue(input.key, in: tx) else { throw Failure.storeKeyNotFound }
            tx.queue(StoreQueries.delete(input.key.value, tenant: tx.tenant))
            try tx.append(StoreChanged(tenant: tx.tenant, key: input.key.value, value: nil, former: former))
            return NoContent()
        }
    }
}
