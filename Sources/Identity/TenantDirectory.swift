import Foundation
package import Kernel
import Postgres
import Synchronization

/// Finds the tenant behind a code or a host name, before anybody has signed in. Answers are kept for 30 s, misses included.
package final class TenantDirectory: Sendable {
    private struct Entry {
        let tenant: Identifier<Tenant>?
        let isActive: Bool
        let readAt: ContinuousClock.Instant
    }

    private static let maximumAge: Duration = .seconds(30)
    // Host names come from outside: made-up ones must not fill the memory.
    private static let capacity = 10_000

    private let door: OperatorDoor
    private let entries = Mutex<[String: Entry]>([:])

    init(door: OperatorDoor) {
        self.door = door
    }

    /// Nil if no tenant has this name; a suspended tenant is a failure of its own.
    package func tenant(named name: String) async throws(Failure) -> Identifier<Tenant>? {
        let entry = try await entry(name)
        guard entry.tenant == nil || entry.isActive else { throw .tenantSuspended }
        return entry.tenant
    }

    /// Unknown names are forgotten too: the change may have given a tenant one of them.
    func forget(_ tenant: UUID) {
        entries.withLock { entries in
            entries = entries.filter { $0.value.tenant.map { $0.uuid != tenant } ?? false }
        }
    }

    func forgetAll() {
        entries.withLock { $0 = [:] }
    }

    private func entry(_ name: String) async throws(Failure) -> Entry {
        let now = ContinuousClock.now
        if let known = entries.withLock({ $0[name] }), now - known.readAt < Self.maximumAge { return known }
        let rows = try await door.upkeep(TenantQueries.named(name))
        let entry = try reading {
            Entry(
                tenant: try rows.first.map { try $0("tenant_id") },
                isActive: try rows.first.map { try $0("is_active") } ?? false,
                readAt: now
            )
        }
        entries.withLock { entries in
            if entries.count >= Self.capacity { entries = [:] }
            entries[name] = entry
        }
        return entry
    }
}
