import Identity
import Kernel
import Logging
import Outbound
import Postgres
import Secrets
import Variables
import Web

/// What must hold before a request is served: the server's role can't bypass tenancy, every tenant table has row-level security, and in
/// production no setting is one that is only for trials.
struct StartupChecks {
    let settings: Settings

    init(_ settings: Settings) {
        self.settings = settings
    }

    func run(_ logger: Logger) async throws {
        let pool = ConnectionPool(ConnectionPool.Configuration(url: settings.databaseURL), logger: logger)
        let operatorPool = ConnectionPool(ConnectionPool.Configuration(url: settings.operatorDatabaseURL, size: 1), logger: logger)
        let outcome: Result<[String], any Error>
        do {
            outcome = .success(
                try await roleProblems(pool) + operatorProblems(operatorPool) + tableProblems(pool) + productionProblems(pool)
            )
        } catch {
            outcome = .failure(error)
        }
        await pool.close()
        await operatorPool.close()
        let problems = try outcome.get()
        if settings.environment == .production, !settings.outbound.permits.isEmpty {
            let opened = settings.outbound.permits.map(\.description).joined(separator: ", ")
            logger.warning(
                "TENURE_OUTBOUND_PERMIT lets anybody who gives this server an address reach private hosts",
                metadata: ["opened": "\(opened)"]
            )
        }
        guard problems.isEmpty else {
            throw SettingsError(description: "Tenure does not start:\n- " + problems.joined(separator: "\n- "))
        }
    }

    private func roleProblems(_ pool: ConnectionPool) async throws -> [String] {
        let rows = try await pool.query(
            """
            SELECT rolname, rolsuper, rolbypassrls,
                   EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p')) AS owns
            FROM pg_roles r
            WHERE rolname = current_user
            """
        )
        guard let row = rows.first else { return ["The role of DATABASE_URL is unknown."] }
        let name: String = try row("rolname")
        var problems: [String] = []
        if try row("rolsuper") { problems.append("DATABASE_URL signs in as '\(name)', a superuser: row-level security would not hold.") }
        if try row("rolbypassrls") { problems.append("The role '\(name)' may bypass row-level security.") }
        if try row("owns") { problems.append("The role '\(name)' owns tables; they must belong to the owner of the migrations.") }
        return problems
    }

    /// Operators' changes inside one tenant run in the application's role.
    private func operatorProblems(_ pool: ConnectionPool) async throws -> [String] {
        let rows = try await pool.query(
            "SELECT current_user::text AS name FROM pg_roles r WHERE r.rolname = 'tenure_app' AND NOT pg_has_role(current_user, r.oid, 'MEMBER')"
        )
        return try rows.map { row in
            let name: String = try row("name")
            return "The role '\(name)' of OPERATOR_DATABASE_URL is not a member of tenure_app: as superuser, GRANT tenure_app TO \(name)."
        }
    }

    private func tableProblems(_ pool: ConnectionPool) async throws -> [String] {
        let rows = try await pool.query(
            """
            SELECT c.relname
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
            WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname NOT IN ('tenant_names', 'operator_passages', 'console_run_tenants')
                AND NOT (c.relrowsecurity AND c.relforcerowsecurity
                    AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant_isolation'))
            """
        )
        return try rows.map { "The table '\(try $0("relname") as String)' has no row-level security." }
    }

    private func productionProblems(_ pool: ConnectionPool) async throws -> [String] {
        guard settings.environment == .production else { return [] }
        var problems: [String] = []
        if settings.identity.secret == IdentitySettings.developmentSecret || settings.identity.secret.utf8.count < 32 {
            problems.append("TENURE_SECRET must be a secret of at least 32 bytes.")
        }
        if settings.secrets.keys.ids.contains(KeyRing.development.current) {
            problems.append("TENURE_SECRET_KEYS must hold a key of your own: id:base64 of 32 bytes.")
        }
        if !settings.web.publicURL.hasPrefix("https://") { problems.append("TENURE_PUBLIC_URL must be https.") }
        if !settings.web.isLimited { problems.append("TENURE_LIMITS must not be off.") }
        // kill -9 doesn't reveal it, a power cut does: an acknowledged row must be on disk.
        for name in ["fsync", "full_page_writes", "synchronous_commit"] {
            let row = try await pool.query("SELECT current_setting(\(name)) AS value").first
            if try row?("value") == "off" { problems.append("PostgreSQL runs with \(name) = off.") }
        }
        return problems
    }
}
