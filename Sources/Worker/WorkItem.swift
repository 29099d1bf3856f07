import Foundation
import Kernel
import Postgres

/// A work item under lease: ours to do until the lease expires, and ours to settle only while the row still carries it.
struct WorkItem: Sendable {
    let tenant: Identifier<Tenant>
    let id: Identifier<WorkRecord>
    let name: String
    let payload: Data
    /// This attempt's number, from 1.
    let attempt: Int
    /// How many attempts before this one killed their worker or ran over their time-out.
    let losses: Int
    let cause: Identifier<EventRecord>?
    let depth: Int
    let lease: UUID
    /// Since when it has been due.
    let dueAt: Date

    init(_ row: Row) throws {
        tenant = Identifier(try row("tenant_id"))
        id = Identifier(try row("id"))
        name = try row("name")
        payload = Data(try row.raw("payload") ?? [])
        attempt = try row("attempts")
        losses = try row("losses")
        cause = (try row("cause_id") as UUID?).map { Identifier($0) }
        depth = try row("depth")
        lease = try row("lease")
        dueAt = try row("run_at")
    }

    var actor: SystemActor { SystemActor(tenant: tenant, cause: cause, depth: depth, work: id) }
}
