package import Kernel
import Postgres

package struct RetryWork: Codable, Sendable {
    let id: Identifier<WorkRecord>
}

/// A work item that has been queued again.
package struct RetriedWork: Codable, Sendable {
    package let id: Identifier<WorkRecord>
    package let tenantId: Identifier<Tenant>
    package let name: String
}

extension Administration {
    func retryWork(_ input: RetryWork, by admin: SystemAdmin) async throws(Failure) -> RetriedWork {
        try await door.transaction(by: admin, "Retry failed work") { transaction in
            guard let row = try await transaction.query(QueueQueries.retry(input.id, now: door.clock.now())).first else {
                throw Failure.workNotFound
            }
            return RetriedWork(id: try row("id"), tenantId: try row("tenant_id"), name: try row("name"))
        }
    }
}
