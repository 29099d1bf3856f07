import Foundation
import Kernel
import Postgres

enum ScriptQueries {
    private static let columns: SQL = """
        s.id, s.name, s.kind, s.status, s.draft_source, s.draft_grants, s.live_version, s.shadow_version, s.revision, s.created_at,
        s.updated_at
        """

    static func list(_ input: ListScripts, tenant: Identifier<Tenant>, _ page: PageRequest) throws(Failure) -> SQL {
        var filter: SQL = ""
        if let kind = input.kind { filter += "AND s.kind = \(kind) " }
        filter += input.status.map { "AND s.status = \($0) " } ?? "AND s.status <> 'deleted' "
        if let search = input.search { filter += "AND strpos(lower(s.name), lower(\(search))) > 0 " }
        return try ListQuery(
            """
            s.id, s.name, s.kind, s.status, s.live_version, s.shadow_version, s.shadow_since, COALESCE(v.handlers, '[]') AS handlers,
            s.updated_at
            """,
            from: """
                scripts s
                LEFT JOIN script_versions v ON v.tenant_id = s.tenant_id AND v.script_id = s.id AND v.number = s.live_version
                """,
            where: "s.tenant_id = \(tenant) \(filter)",
            by: .ascending(.text("name"), .id("id"))
        ).page(page)
    }

    static func script(_ id: Identifier<Script>, tenant: Identifier<Tenant>, locked: Bool = false) -> SQL {
        // Runs that count their effects only reference the row meanwhile, so they don't wait.
        let lock: SQL = locked ? "FOR NO KEY UPDATE" : ""
        return """
            SELECT \(fragment: columns)
            FROM scripts s
            WHERE s.tenant_id = \(tenant) AND s.id = \(id)
            \(fragment: lock)
            """
    }

    static func versions(of id: Identifier<Script>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT v.id, v.number, v.source, v.grants, v.handlers, v.modules, v.on_error, v.read_fields, v.comment, v.published_by, v.published_at,
            NULLIF(concat_ws(' ', u.first_name, u.last_name), '') AS publisher
        FROM script_versions v
        LEFT JOIN users u ON u.tenant_id = v.tenant_id AND u.id = v.published_by
        WHERE v.tenant_id = \(tenant) AND v.script_id = \(id)
        ORDER BY v.number DESC
        """
    }

    /// The live version of every library except the one being looked at.
    static func libraries(_ tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT s.name, v.source
        FROM scripts s
        JOIN script_versions v ON v.tenant_id = s.tenant_id AND v.script_id = s.id AND v.number = s.live_version
        WHERE s.tenant_id = \(tenant) AND s.kind = 'library' AND s.status = 'live'
        """
    }

    /// Including the versions in shadow.
    static func live(_ tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT s.id, s.name, v.id AS version_id, v.number, v.source, v.grants, v.handlers, v.modules, v.on_error, m.mode
        FROM scripts s
        CROSS JOIN LATERAL (
            VALUES ('live', CASE WHEN s.status = 'live' THEN s.live_version END), ('shadow', s.shadow_version)
        ) AS m (mode, number)
        JOIN script_versions v ON v.tenant_id = s.tenant_id AND v.script_id = s.id AND v.number = m.number
        WHERE s.tenant_id = \(tenant) AND s.kind = 'rule'
        ORDER BY s.name, m.mode
        """
    }

    static func names(ofVersions ids: [UUID], tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT v.id, s.name
        FROM script_versions v
        JOIN scripts s ON s.tenant_id = v.tenant_id AND s.id = v.script_id
        WHERE v.tenant_id = \(tenant) AND v.id = ANY(\(ids)::uuid[])
        """
    }

    static func insert(_ id: Identifier<Script>, _ input: CreateScript, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO scripts (tenant_id, id, name, kind, draft_source, draft_grants, created_at, updated_at)
        VALUES (
            \(tx.tenant), \(id), \(input.name), \(input.kind), \(input.source?.text ?? ""), \(input.grants?.names)::text[], \(tx.now), \(tx.now)
        )
        """
    }

    static func rename(_ id: Identifier<Script>, to name: String, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE scripts
        SET name = \(name), revision = revision + 1, updated_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND id = \(id)
        """
    }

    static func drafts(besides id: Identifier<Script>, _ tx: TenantTransaction) -> SQL {
        """
        SELECT name, draft_source
        FROM scripts
        WHERE tenant_id = \(tx.tenant) AND id <> \(id) AND status <> 'deleted'
        ORDER BY name
        """
    }

    static func saveDraft(_ id: Identifier<Script>, source: String, grants: [String]?, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE scripts
        SET draft_source = \(source), draft_grants = \(grants)::text[], revision = revision + 1, updated_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND id = \(id)
        """
    }

    static func insertVersion(
        _ id: Identifier<ScriptVersion>,
        of script: Script,
        _ checked: CheckedSource,
        _ trial: Trial?,
        comment: String?,
        _ tx: TenantTransaction
    ) throws -> SQL {
        """
        INSERT INTO script_versions (
            tenant_id, id, script_id, number, source, grants, handlers, modules, on_error, read_fields, effects_per_hour, comment,
            published_by, published_at
        )
        SELECT \(tx.tenant), \(id), \(script.id), COALESCE(max(number), 0) + 1, \(script.draft), \(script.draftGrants)::text[],
               \(try JSON(encoding: checked.handlers).text)::jsonb, \(try JSON(encoding: checked.modules).text)::jsonb, \(checked.onError),
               \(trial?.readFields ?? [])::text[], \(trial?.effectsPerHour)::integer, \(comment), \(tx.caller.user)::uuid, \(tx.now)::timestamptz
        FROM script_versions
        WHERE tenant_id = \(tx.tenant) AND script_id = \(script.id)
        RETURNING number
        """
    }

    static func setStatus(_ status: ScriptStatus, version: Int?, of id: Identifier<Script>, _ tx: TenantTransaction) -> SQL {
        // A version that goes live is no longer its own shadow.
        let since: SQL =
            if status == .live {
                """
                , live_since = \(tx.now), shadow_version = NULLIF(shadow_version, \(version)::integer),
                    shadow_since = CASE WHEN shadow_version <> \(version)::integer THEN shadow_since END
                """
            } else { "" }
        return """
            UPDATE scripts
            SET status = \(status), live_version = \(version), revision = revision + 1, updated_at = \(tx.now) \(fragment: since)
            WHERE tenant_id = \(tx.tenant) AND id = \(id)
            """
    }
}

extension Script {
    init(_ row: Row) throws {
        self.init(
            id: try row("id"),
            name: try row("name"),
            kind: try row("kind"),
            status: try row("status"),
            draft: try row("draft_source"),
            draftGrants: try row("draft_grants"),
            liveVersion: try row("live_version"),
            shadowVersion: try row("shadow_version"),
            revision: try row("revision"),
            createdAt: try row("created_at"),
            updatedAt: try row("updated_at")
        )
    }
}

extension ScriptVersion {
    init(_ row: Row) throws {
        self.init(
            id: try row("id"),
            number: try row("number"),
            source: try row("source"),
            grants: try row("grants"),
            handlers: try row.decoded("handlers"),
            modules: try row.decoded("modules"),
            onError: try row("on_error"),
            readFields: try row("read_fields"),
            comment: try row("comment"),
            publishedBy: try row("published_by"),
            publisherName: try row("publisher"),
            publishedAt: try row("published_at")
        )
    }
}

extension PublishedRule {
    init(_ row: Row) throws {
        self.init(
            script: try row("id"),
            name: try row("name"),
            version: try row("version_id"),
            number: try row("number"),
            source: try row("source"),
            grants: try row("grants"),
            handlers: try row.decoded("handlers"),
            modules: try row.decoded("modules"),
            onError: try row("on_error"),
            mode: try row("mode")
        )
    }
}

extension ScriptSummary {
    init(_ row: Row) throws {
        self.init(
            id: try row("id"),
            name: try row("name"),
            kind: try row("kind"),
            status: try row("status"),
            liveVersion: try row("live_version"),
            shadowVersion: try row("shadow_version"),
            shadowSince: try row("shadow_since"),
            handlers: try row.decoded("handlers"),
            updatedAt: try row("updated_at")
        )
    }
}

extension Row {
    func json(_ column: String) throws -> JSON { try JSON(parsing: raw(column) ?? []) }

    func decoded<Value: Decodable>(_ column: String) throws -> Value { try Wire.decode(from: Data(raw(column) ?? [])) }
}
