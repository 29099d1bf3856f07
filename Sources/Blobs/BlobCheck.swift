package import Foundation
package import Kernel
import Postgres

/// Compares the stored files with the rows that name them, a tenant at a time.
package struct BlobCheck: Sendable {
    package struct Outcome: Sendable, Equatable {
        package var blobs = 0
        package var rows = 0
        /// Named by a row, but missing: a loss.
        package var missing: [BlobKey] = []
        /// Present, but named by no row for longer than the grace period: waste.
        package var unnamed: [BlobKey] = []
        package var deleted = 0
    }

    /// How long a file may wait for its row. An upload's transaction ends within minutes; the rest is for a database that was restored to
    /// an earlier time and will be brought forward again.
    package static let grace: TimeInterval = 72 * 3600

    private let door: OperatorDoor
    private let blobs: BlobStore
    private let columns: [BlobColumn]

    package init(door: OperatorDoor, blobs: BlobStore, columns: [BlobColumn]) {
        self.door = door
        self.blobs = blobs
        self.columns = columns
    }

    /// Only known tenants are checked: another installation may share the storage, and its files are not ours to judge.
    package func run(sweeps: Bool, grace: TimeInterval = BlobCheck.grace) async throws -> Outcome {
        var outcome = Outcome()
        for row in try await door.upkeep(BlobQueries.tenants) {
            let tenant: Identifier<Tenant> = try row("id")
            try await check(tenant, sweeps: sweeps, grace: grace, &outcome)
        }
        return outcome
    }

    package func check(
        _ tenant: Identifier<Tenant>,
        sweeps: Bool,
        grace: TimeInterval,
        _ outcome: inout Outcome
    ) async throws {
        // Read before the list: a file that is older than the grace period has its row by now, or never will.
        let named = try await names(tenant)
        let latest = door.clock.now().addingTimeInterval(-grace)
        var missing = named
        try await blobs.eachPage(of: tenant.uuid) { page in
            outcome.blobs += page.count
            for blob in page where missing.remove(blob.key) == nil && !named.contains(blob.key) && blob.storedAt < latest {
                outcome.unnamed.append(blob.key)
                guard sweeps else { continue }
                try await blobs.delete(blob.key)
                outcome.deleted += 1
            }
        }
        outcome.rows += named.count
        guard !missing.isEmpty else { return }
        // A file that was deleted together with its row meanwhile is not a loss.
        let still = try await names(tenant)
        outcome.missing += missing.filter(still.contains).sorted { $0.description < $1.description }
    }

    private func names(_ tenant: Identifier<Tenant>) async throws -> Set<BlobKey> {
        var names: Set<BlobKey> = []
        for column in columns {
            for row in try await door.upkeep(BlobQueries.names(in: column, of: tenant)) {
                let text: String = try row("key")
                // Text that is not a key doesn't name one of our files.
                if let key = BlobKey(text) { names.insert(key) }
            }
        }
        return names
    }
}

extension BlobCheck {
    /// Sweeps once a day, on whichever server comes first, until its task ends.
    package func runDaily(_ report: @Sendable (Result<Outcome, any Error>) -> Void) async {
        while !Task.isCancelled {
            do {
                if try await door.upkeep(BlobQueries.claimSweep(at: door.clock.now())).first != nil {
                    report(.success(try await run(sweeps: true)))
                }
            } catch is CancellationError {
                return
            } catch {
                report(.failure(error))
            }
            try? await Task.sleep(for: .seconds(3600))
        }
    }
}

enum BlobQueries {
    static let tenants: SQL = "SELECT id FROM tenants ORDER BY id"

    static func names(in column: BlobColumn, of tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(raw: column.column) AS key
        FROM \(raw: column.table)
        WHERE tenant_id = \(tenant) AND \(raw: column.column) IS NOT NULL
        """
    }

    /// A row if a day has passed since the last sweep.
    static func claimSweep(at now: Date) -> SQL {
        """
        INSERT INTO upkeep_runs AS r (name, started_at)
        VALUES ('blobs', \(now))
        ON CONFLICT (name) DO UPDATE SET started_at = EXCLUDED.started_at
        WHERE r.started_at < EXCLUDED.started_at - interval '1 day'
        RETURNING name
        """
    }
}
