import Kernel
import Synchronization

/// Lets one trial of each tenant in at a time, be it a check or a dry run: each holds a runner, and some a database connection, while its
/// script may loop.
final class Turnstile: Sendable {
    private struct State {
        var inside: Set<Identifier<Tenant>> = []
        var waiting: [Identifier<Tenant>: [CheckedContinuation<Void, Never>]] = [:]
    }

    private let state = Mutex(State())

    func enter(_ tenant: Identifier<Tenant>) async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.inside.insert(tenant).inserted { return true }
                state.waiting[tenant, default: []].append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    func leave(_ tenant: Identifier<Tenant>) {
        let next = state.withLock { state in
            let next = state.waiting[tenant]?.first
            if next == nil { state.inside.remove(tenant) }
            state.waiting[tenant]?.removeFirst()
            if state.waiting[tenant]?.isEmpty == true { state.waiting[tenant] = nil }
            return next
        }
        next?.resume()
    }
}
