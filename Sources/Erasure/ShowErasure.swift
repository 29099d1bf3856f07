import Identity
import Kernel
import Postgres

struct ShowErasure: Codable, Sendable {
    let number: SequenceNumber
}

struct ListErasures: Codable, Sendable {
    /// The last number that the reader has.
    let cursor: SequenceNumber?
    let limit: Bounded<1, 100>?
}

extension Erasure {
    func show(_ input: ShowErasure, by admin: TenantAdmin) async throws(Failure) -> ErasureView {
        let number = input.number.value
        guard (1...Int(Int32.max)).contains(number) else { throw .erasureNotFound }
        return try await store.transaction(as: admin) { tx in
            guard let row = try await tx.first(ErasureQueries.numbered(number, tenant: tx.tenant)) else {
                throw Failure.erasureNotFound
            }
            var view = try ErasureView(row)
            view.places = try await tx.query(ErasureQueries.places(row("id"), tenant: tx.tenant)).map(ErasedPlace.init)
            view.note = ErasureView.backups
            return view
        }
    }

    /// Without their places.
    func list(_ input: ListErasures, by admin: TenantAdmin) async throws(Failure) -> CursorPage<ErasureView> {
        let limit = input.limit?.value ?? 50
        let cursor = input.cursor.map { min($0.value, Int(Int32.max)) }
        let rows = try await store.query(as: admin, ErasureQueries.list(before: cursor, limit: limit, tenant: admin.tenant))
        return CursorPage(try rows.decoded(ErasureView.init), limit: limit) { "\($0.number)" }
    }
}
