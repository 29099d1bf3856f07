import Kernel
import Synchronization

/// Receipts of `before` runs whose change did not happen, or that failed: they are written after and outside the change's transaction.
final class PendingReceipts: Sendable {
    /// More than this come only from a storm that the database can't follow; the oldest are dropped then.
    private static let limit = 1000

    private let waiting = Mutex<[(tenant: Identifier<Tenant>, receipt: Receipt)]>([])
    let signal = Signal()

    func add(_ receipt: Receipt, of tenant: Identifier<Tenant>) {
        waiting.withLock { waiting in
            if waiting.count == Self.limit { waiting.removeFirst() }
            waiting.append((tenant, receipt))
        }
        signal.ring()
    }

    func takeAll() -> [(tenant: Identifier<Tenant>, receipt: Receipt)] {
        waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}
