import FoundationEssentials

/// The table `schema_migrations` and the operations on it, on one connection.
struct MigrationLedger {
    struct Entry: Sendable {
        let number: Int
        let name: String
        let checksum: String
        let appliedAt: Date
    }

    let connection: Connection

    /// Held until the session ends. It polls instead of waiting: a waiting statement holds a snapshot, and CREATE INDEX CONCURRENTLY in the
    /// process that holds the lock would wait for it.
    func lock(_ key: Int) async throws(MigrationError) {
        while true {
            let rows = try await run("SELECT pg_try_advisory_lock(\(key)::bigint) AS is_ours")
            let isOurs: Bool = try value(rows, "is_ours")
            if isOurs { return }
            do { try await Task.sleep(for: .milliseconds(50)) } catch { throw .database(.canceledTask) }
        }
    }

    func exists() async throws(MigrationError) -> Bool {
        try await value(run("SELECT to_regclass('schema_migrations') IS NOT NULL AS found"), "found")
    }

    func create() async throws(MigrationError) {
        _ = try await run(
            """
            CREATE TABLE IF NOT EXISTS schema_migrations (
                number integer NOT NULL CONSTRAINT schema_migrations_key PRIMARY KEY,
                name text NOT NULL,
                checksum text NOT NULL,
                applied_at timestamptz NOT NULL
            )
            """
        )
    }

    func entries() async throws(MigrationError) -> [Entry] {
        let rows = try await run("SELECT number, name, checksum, applied_at FROM schema_migrations ORDER BY number")
        do throws(PostgresError) {
            var entries: [Entry] = []
            for row in rows {
                entries.append(
                    Entry(number: try row("number"), name: try row("name"), checksum: try row("checksum"), appliedAt: try row("applied_at"))
                )
            }
            return entries
        } catch {
            throw .database(error)
        }
    }

    /// The applied migrations must be the first of the files.
    func verify(_ files: [MigrationFile], against applied: [Entry]) async throws(MigrationError) {
        for (index, entry) in applied.enumerated() {
            guard index < files.count, entry.number == index + 1 else { throw .vanished(entry.name) }
            let checksum = try await checksum(of: files[index])
            guard files[index].name == entry.name, checksum == entry.checksum else { throw .changed(entry.name) }
        }
    }

    func apply(_ file: MigrationFile) async throws(MigrationError) {
        let record: SQL = """
            INSERT INTO schema_migrations (number, name, checksum, applied_at)
            VALUES (\(file.number), \(file.name), \(try await checksum(of: file)), clock_timestamp())
            """
        do throws(PostgresError) {
            if file.isTransactional {
                try await connection.script("BEGIN")
                try await connection.script(file.text)
                guard await connection.isInTransaction else { throw PostgresError(.other, "the file ends its own transaction") }
                _ = try await connection.finish([record, "COMMIT"])
            } else {
                try await connection.script(file.text)
                _ = try await connection.finish([record])
            }
        } catch {
            throw .failed(file.name, error)
        }
    }

    /// PostgreSQL computes it, which spares a dependency.
    private func checksum(of file: MigrationFile) async throws(MigrationError) -> String {
        try await value(run("SELECT encode(sha256(\([UInt8](file.text.utf8))::bytea), 'hex') AS checksum"), "checksum")
    }

    private func run(_ statement: SQL) async throws(MigrationError) -> Rows {
        do throws(PostgresError) {
            return try await connection.finish([statement])[0]
        } catch {
            throw .database(error)
        }
    }

    private func value<Value: SQLDecodable>(_ rows: Rows, _ column: String) throws(MigrationError) -> Value {
        do throws(PostgresError) {
            return try rows[0](column)
        } catch {
            throw .database(error)
        }
    }
}
