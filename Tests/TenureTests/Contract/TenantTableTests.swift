import Foundation
import Kernel
import Logging
import Postgres
import Testing

@testable import tenure

/// What the database itself guarantees about tenants.
@Suite struct TenantTableTests {
    /// Tables that don't belong to one tenant: the directory of names, and the operator's own record.
    private static let directories: [String] = ["tenant_names", "operator_passages", "console_run_tenants"]

    @Test func `every tenant table is behind forced row-level security with a policy for each role`() async throws {
        let inspector = try await TestServer.running.inspector
        let unguarded = try await inspector.query(
            """
            SELECT c.relname AS name
            FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> ALL (\(Self.directories)::text[])
                AND NOT (
                    c.relrowsecurity AND c.relforcerowsecurity AND a.attnotnull
                    AND EXISTS (
                        SELECT FROM pg_policies p
                        WHERE p.tablename = c.relname AND p.policyname = 'tenant_isolation' AND p.cmd = 'ALL'
                            AND p.qual LIKE '%tenant_id = (NULLIF(current_setting(''tenure.tenant_id''%' AND p.with_check = p.qual
                    )
                    AND EXISTS (
                        SELECT FROM pg_policies p
                        WHERE p.tablename = c.relname AND p.policyname = 'migration_access' AND p.cmd = 'ALL' AND p.roles = '{tenure_owner}'
                            AND p.qual = '(current_setting(''tenure.migrating''::text, true) = ''on''::text)' AND p.with_check = p.qual
                    )
                    AND NOT EXISTS (
                        SELECT FROM pg_policies p
                        WHERE p.tablename = c.relname AND p.policyname NOT IN ('tenant_isolation', 'migration_access')
                            AND p.roles <> '{tenure_operator}'
                    )
                )
            """
        )
        #expect(try unguarded.map { try $0("name") as String } == [])
        #expect(try await tables().count > 15)
    }

    @Test func `every table that is not a directory belongs to a tenant`() async throws {
        let rows = try await TestServer.running.inspector.query(
            """
            SELECT c.relname AS name
            FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
            ORDER BY c.relname
            """
        )
        let shared: Set<String> = ["tenants", "upkeep_runs", "console_runs", "rule_vocabularies", "schema_migrations", "migrations"]
        #expect(try rows.map { try $0("name") as String }.filter { !shared.contains($0) } == [])
    }

    @Test func `every key of a tenant table begins with the tenant`() async throws {
        let rows = try await TestServer.running.inspector.query(
            """
            SELECT i.indexrelid::regclass::text AS name
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indrelid AND c.relnamespace = 'public'::regnamespace
            JOIN pg_attribute t ON t.attrelid = c.oid AND t.attname = 'tenant_id'
            WHERE i.indisunique AND i.indkey[0] <> t.attnum AND c.relname <> ALL (\(Self.directories)::text[])
            UNION ALL
            SELECT f.conname
            FROM pg_constraint f
            JOIN pg_attribute t ON t.attrelid = f.conrelid AND t.attname = 'tenant_id'
            WHERE f.contype = 'f' AND f.conkey[1] <> t.attnum AND f.conrelid::regclass::text <> ALL (\(Self.directories)::text[])
            UNION ALL
            SELECT c.relname || ' has no primary key'
            FROM pg_class c
            JOIN pg_attribute t ON t.attrelid = c.oid AND t.attname = 'tenant_id'
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)
            """
        )
        #expect(try rows.map { try $0("name") as String } == [])
    }

    @Test func `the server's role sees no rows without a tenant, and one tenant's with it`() async throws {
        let theirs = try await Furnished()
        let tenant = theirs.company.tenant
        let pool = tenant.server.application
        for table in try await tables() {
            let count: Int = try await pool.query("SELECT count(*) FROM \(identifier: table)")[0](0)
            #expect(count == 0, "\(table) shows \(count) rows")
            let counts = try await pool.pipeline([
                "SELECT set_config('tenure.tenant_id', \(tenant.id.description), true)",
                "SELECT count(*) FILTER (WHERE tenant_id <> \(tenant.id)) FROM \(identifier: table)",
            ])
            #expect(try counts[1][0](0) as Int == 0, "\(table) shows another tenant's rows")
        }
        let seen: Int = try await pool.pipeline([
            "SELECT set_config('tenure.tenant_id', \(tenant.id.description), true)", "SELECT count(*) FROM applications",
        ])[1][0](0)
        #expect(seen == 1)
    }

    @Test func `the owner sees rows only in a migration, and nobody else can claim to be in one`() async throws {
        let tenant = try await TestTenant()
        let isMigrating: SQL = "SELECT set_config('tenure.migrating', 'on', true)"
        let owner = ConnectionPool(.init(url: tenant.server.settings.ownerDatabaseURL, size: 1), logger: Logger(label: "test"))
        for table in try await tables() + ["tenants"] {
            let count: SQL = "SELECT count(*) FROM \(identifier: table)"
            #expect(try await owner.query(count)[0](0) as Int == 0, "\(table) shows its owner rows")
            #expect(
                try await tenant.server.application.pipeline([isMigrating, count])[1][0](0) as Int == 0,
                "\(table) shows the server rows"
            )
        }
        let seen = try await owner.pipeline([isMigrating, "SELECT count(*) FROM users WHERE tenant_id = \(tenant.id)"])
        #expect(try seen[1][0](0) as Int > 0)
        await owner.close()
    }

    @Test func `nothing lets others read with the owner's rights`() async throws {
        let rows = try await TestServer.running.inspector.query(
            """
            SELECT proname AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
            UNION ALL
            SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')
            """
        )
        #expect(try rows.map { try $0("name") as String } == [])
    }

    @Test func `no migration lifts row-level security or holds a table while it moves rows`() async throws {
        let folder = URL(fileURLWithPath: try await TestServer.running.settings.migrationsFolder)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".sql") {
            let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            #expect(!text.contains("NO FORCE ROW LEVEL SECURITY"), "\(name)")
            guard text.contains(#/(?m)^(UPDATE|INSERT|DELETE|MERGE|WITH) /#) else { continue }
            #expect(!text.contains(#/(?m)^(ALTER|CREATE|DROP|LOCK) /#), "\(name) changes tables and moves rows")
        }
    }

    @Test func `the server's role can't read what spans tenants`() async throws {
        let tenant = try await TestTenant()
        let pool = tenant.server.application
        for table in Self.directories {
            await #expect(throws: PostgresError.self, "\(table)") { _ = try await pool.query("SELECT count(*) FROM \(identifier: table)") }
        }
        try await tenant.visitor().post("/auth/forgot-password", ["email": "nobody@example.com"]).expect(200)
    }

    @Test func `the server's role can't write a row into another tenant`() async throws {
        let ours = try await TestTenant()
        let theirs = try await TestTenant()
        let pool = ours.server.application
        await #expect(throws: PostgresError.self) {
            _ = try await pool.pipeline([
                "SELECT set_config('tenure.tenant_id', \(ours.id.description), true)",
                "INSERT INTO pipelines (tenant_id, id, name, created_at) VALUES (\(theirs.id), gen_random_uuid(), 'Theirs', now())",
            ])
        }
        #expect(try await theirs.count("SELECT count(*) FROM pipelines WHERE tenant_id = \(theirs.id)") == 0)
    }

    private func tables() async throws -> [String] {
        try await TestServer.running.inspector.query(
            """
            SELECT c.relname AS name
            FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> ALL (\(Self.directories)::text[])
            """
        ).map { try $0("name") }
    }
}
