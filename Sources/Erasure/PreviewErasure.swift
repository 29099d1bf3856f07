import Identity
package import Kernel
import Postgres

/// What an erasure would change or remove, place by place.
package struct ErasurePreview: Codable, Sendable {
    package let userId: Identifier<User>
    package let places: [ErasedPlace]
}

extension Erasure {
    func preview(_ input: EraseUser, by admin: TenantAdmin) async throws(Failure) -> ErasurePreview {
        let subject = try await store.transaction(as: admin) { tx in
            guard try await tx.first(ErasureQueries.person(input.id, tenant: tx.tenant)) != nil else { throw Failure.userNotFound }
            return try await self.subject([input.id], in: tx)
        }
        return ErasurePreview(userId: input.id, places: try await count(subject))
    }

    /// Uses the same search as the erasure itself, but writes nothing.
    func count(_ subject: ErasureSubject) async throws(Failure) -> [ErasedPlace] {
        var counts: [String: Int] = [:]
        for place in places {
            for (name, count) in try await place.count(subject, door) { counts[name, default: 0] += count }
        }
        return counts.filter { $0.value > 0 }.map { ErasedPlace(place: $0.key, count: $0.value) }.sorted { $0.place < $1.place }
    }
}
