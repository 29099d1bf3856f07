import Identity
import Kernel
import Postgres

extension Erasure {
    func withdraw(_ input: NoInput, by user: SignedIn) async throws(Failure) -> NoContent {
        try await store.transaction(as: user) { tx in
            guard let row = try await tx.first(ErasureQueries.pending(of: user.user, tenant: tx.tenant)) else {
                throw Failure.erasureNotFound
            }
            tx.queue(ErasureQueries.withdraw(try row("id"), tx))
            tx.queue(ErasureQueries.announce(nil, of: user.user, tx))
            try tx.append(ErasureWithdrawn(userId: user.user, number: row("number")))
            return NoContent()
        }
    }
}
