package import Foundation
package import Kernel
import Postgres

package struct ShowQueue: Codable, Sendable {
    /// Limits the failures to one kind of work, or to one tenant.
    let name: Text<100>?
    let tenantId: Identifier<Tenant>?
    /// The last failure that the reader has.
    let cursor: Identifier<WorkRecord>?
    let limit: Bounded<1, 100>?
}

package enum WorkState: String, Codable, CaseIterable, Sendable, SQLDecodable {
    case waiting, leased, dead
}

package struct QueueView: Codable, Sendable {
    package struct Depth: Codable, Sendable {
        package let name: String
        package let state: WorkState
        package let pieces: Int
        package let oldest: Date
    }

    /// A work item that has run out of attempts.
    package struct DeadWork: Codable, Sendable {
        package let id: Identifier<WorkRecord>
        package let tenantId: Identifier<Tenant>
        package let tenantCode: String
        package let name: String
        package let attempts: Int
        package let error: String?
        package let createdAt: Date
    }

    package let depth: [Depth]
    package let failures: [DeadWork]
    package let nextCursor: String?
}

extension Administration {
    func showQueue(_ input: ShowQueue, by admin: SystemAdmin) async throws(Failure) -> QueueView {
        let limit = input.limit?.value ?? 50
        return try await door.transaction(by: admin, "Show the work queue", on: input.tenantId) { transaction in
            let results = try await transaction.pipeline([QueueQueries.depth(), QueueQueries.dead(input, limit: limit + 1)])
            let failures = try results[1].prefix(limit).map(QueueView.DeadWork.init)
            let next = results[1].count > limit ? failures.last?.id.description : nil
            return QueueView(depth: try results[0].map(QueueView.Depth.init), failures: failures, nextCursor: next)
        }
    }
}

extension QueueView.Depth {
    init(_ row: Row) throws {
        self.init(name: try row("name"), state: try row("state"), pieces: try row("pieces"), oldest: try row("oldest"))
    }
}

extension QueueView.DeadWork {
    init(_ row: Row) throws {
        self.init(
            id: try row("id"),
            tenantId: try row("tenant_id"),
            tenantCode: try row("tenant_code"),
            name: try row("name"),
            attempts: try row("attempts"),
            error: try row("last_error"),
            createdAt: try row("created_at")
        )
    }
}
