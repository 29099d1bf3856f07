package import FoundationEssentials
package import Logging

/// Migrates a database through numbered SQL files, each applied once and never undone. Any number of processes may try at the same time.
package struct Migrations: Sendable {
    package struct Status: Sendable, Equatable {
        package let number: Int
        package let name: String
        /// Nil if it has yet to be applied.
        package let appliedAt: Date?
    }

    /// An arbitrary number that nothing else locks.
    private static let lock = 0x7465_6e75_7265

    private let directory: String

    package init(directory: String) {
        self.directory = directory
    }

    /// Applies what is missing and returns its names.
    @discardableResult
    package func run(url: String, logger: Logger) async throws(MigrationError) -> [String] {
        let files = try MigrationFile.all(in: directory)
        return try await connected(url, logger) { (ledger) throws(MigrationError) in
            try await ledger.lock(Self.lock)
            try await ledger.create()
            let applied = try await ledger.entries()
            try await ledger.verify(files, against: applied)
            var done: [String] = []
            for file in files.dropFirst(applied.count) {
                try await ledger.apply(file)
                logger.info("migrated", metadata: ["migration": "\(file.name)"])
                done.append(file.name)
            }
            return done
        }
    }

    package func status(url: String, logger: Logger) async throws(MigrationError) -> [Status] {
        let files = try MigrationFile.all(in: directory)
        return try await connected(url, logger) { (ledger) throws(MigrationError) in
            let applied = try await ledger.exists() ? ledger.entries() : []
            try await ledger.verify(files, against: applied)
            return files.map { file in
                Status(
                    number: file.number,
                    name: file.name,
                    appliedAt: file.number <= applied.count ? applied[file.number - 1].appliedAt : nil
                )
            }
        }
    }

    private func connected<Result: Sendable>(
        _ url: String,
        _ logger: Logger,
        _ body: (MigrationLedger) async throws(MigrationError) -> Result
    ) async throws(MigrationError) -> Result {
        let settings = Session.Settings(url: url, applicationName: "tenure migrate")
        let connection = Connection(settings, outage: Outage(patience: .zero), logger: logger)
        do {
            try await connection.ready(until: .now + .seconds(10))
        } catch {
            await connection.close()
            throw .database(error)
        }
        let outcome: Swift.Result<Result, MigrationError>
        do throws(MigrationError) {
            outcome = .success(try await body(MigrationLedger(connection: connection)))
        } catch {
            outcome = .failure(error)
        }
        // Ends the session, and the lock with it.
        await connection.close()
        return try outcome.get()
    }
}
