import Kernel
import Synchronization

/// Receipts of `before` runs whose change did not happen, or that failed: written afterwards, outside the change's transaction.
final class PendingReceipts: Sendable {
    /// There are more than this only in a storm that the database can't keep up with; then the oldest are dropped.
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
