import Foundation
import Postgres
import Variables

extension Settings {
    enum Database {
        static let url = Setting(
            required: "DATABASE_URL",
            "PostgreSQL as `tenure_app`, a libpq URI. The server refuses to start when this role owns a table, is a superuser or may bypass "
                + "row-level security.",
            isSecret: true
        )
        static let listenerURL = Setting(
            optional: "LISTENER_DATABASE_URL",
            shown: "as `DATABASE_URL`",
            "Where to LISTEN, without a pooler: in transaction mode PgBouncer delivers no notifications, and a sign-out would take up to 30 s to "
                + "reach the other processes. Three connections per server.",
            isSecret: true
        )
        static let operatorURL = Setting(
            required: "OPERATOR_DATABASE_URL",
            "The same database as `tenure_operator`: audited access for system admins. Needs few connections; connect without PgBouncer.",
            isSecret: true
        )
        static let ownerURL = Setting(
            "OWNER_DATABASE_URL",
            or: "",
            shown: "none",
            "The same database as `tenure_owner`. Only `tenure migrate` reads it: do not give it to a server.",
            isSecret: true
        )
        static let poolSize = Setting(
            "TENURE_POOL_SIZE",
            or: max(4, ProcessInfo.processInfo.activeProcessorCount * 2),
            shown: "twice the cores, at least 4",
            "Connections to PostgreSQL. Two or three per core; more is slower."
        )
        static let statements = Setting<PreparedStatements>(
            "TENURE_STATEMENTS",
            or: .named,
            "`unnamed` behind PgBouncer in transaction mode before 1.21, which cannot pass named prepared statements."
        )
        static let redisURL = Setting(
            "REDIS_URL",
            or: "redis://127.0.0.1:6379",
            "`redis://user:password@host:port/database` or `unix:///path`. It keeps nothing permanent; without it limits become local and "
                + "`/readyz` says so.",
            isSecret: true
        )

        static let section = SettingsSection(
            "Databases",
            [url, listenerURL, operatorURL, ownerURL, poolSize, statements, redisURL]
        )
    }
}
