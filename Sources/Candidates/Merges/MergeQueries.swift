import Foundation
import Kernel
import Postgres

/// Statements on the ledger of merges.
enum MergeQueries {
    private static let columns: SQL =
        "m.id, m.kept_id, m.merged_id, m.reasons, m.merged_by, m.merged_at, m.undone_by, m.undone_at"

    /// One at a time per tenant, so that nobody is merged into somebody who is being merged.
    static func lock(_ tenant: Identifier<Tenant>) -> SQL {
        "SELECT pg_advisory_xact_lock(hashtextextended('merge ' || \(tenant.description), 0))"
    }

    static func kept(for id: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT m.kept_id
        FROM candidate_merges m
        WHERE m.tenant_id = \(tenant) AND m.merged_id = \(id) AND m.undone_at IS NULL
        """
    }

    /// All ids of the candidate with this one.
    static func together(with id: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT one.id
        FROM (SELECT COALESCE((\(kept(for: id, tenant: tenant))), \(id)::uuid) AS id) root
        CROSS JOIN LATERAL (
            SELECT root.id
            UNION ALL
            SELECT m.merged_id FROM candidate_merges m WHERE m.tenant_id = \(tenant) AND m.kept_id = root.id AND m.undone_at IS NULL
        ) one (id)
        """
    }

    /// The ids that lead to this one's profile.
    static func merged(into id: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT m.merged_id
        FROM candidate_merges m
        WHERE m.tenant_id = \(tenant) AND m.kept_id = \(id) AND m.undone_at IS NULL
        ORDER BY m.merged_at, m.merged_id
        """
    }

    static func entangled(_ kept: Identifier<User>, _ merged: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        SELECT m.id
        FROM candidate_merges m
        WHERE m.tenant_id = \(tx.tenant) AND m.undone_at IS NULL
            AND (m.merged_id IN (\(kept), \(merged)) OR m.kept_id = \(merged))
        LIMIT 1
        """
    }

    static func insert(_ id: Identifier<Merge>, _ input: MergeCandidates, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO candidate_merges AS m (tenant_id, id, kept_id, merged_id, reasons, merged_by, merged_at)
        SELECT
            \(tx.tenant), \(id), \(input.keptId)::uuid, \(input.mergedId)::uuid,
            COALESCE((SELECT p.reasons FROM (\(pairs(tx.tenant, [input.keptId, input.mergedId]))) p), '{}'), \(tx.caller.user)::uuid,
            \(tx.now)::timestamptz
        RETURNING \(columns)
        """
    }

    static func list(before id: Identifier<Merge>?, limit: Int, tenant: Identifier<Tenant>) -> SQL {
        ListQuery(columns, from: "candidate_merges m", where: "m.tenant_id = \(tenant)", by: "id DESC")
            .stretch(after: id.map { "id < \($0)" }, limit: limit)
    }

    static func undo(_ id: Identifier<Merge>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE candidate_merges m
        SET undone_by = \(tx.caller.user)::uuid, undone_at = \(tx.now)
        WHERE m.tenant_id = \(tx.tenant) AND m.id = \(id) AND m.undone_at IS NULL
        RETURNING \(columns)
        """
    }

    static func merge(_ id: Identifier<Merge>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT \(columns) FROM candidate_merges m WHERE m.tenant_id = \(tenant) AND m.id = \(id)"
    }

    static func end(with people: [Identifier<User>], _ tx: TenantTransaction) -> SQL {
        """
        UPDATE candidate_merges m
        SET undone_by = \(tx.caller.user)::uuid, undone_at = \(tx.now)
        WHERE m.tenant_id = \(tx.tenant) AND m.undone_at IS NULL
            AND (m.kept_id = ANY(\(people.map(\.uuid))::uuid[]) OR m.merged_id = ANY(\(people.map(\.uuid))::uuid[]))
        RETURNING \(columns)
        """
    }

    /// From the event log: there is no second history. The names are those of events in which a candidate does something.
    static func since(_ merge: Merge, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT e.id, e.name, e.subject_kind, e.subject_id, e.occurred_at, c.id AS candidate_id
        FROM events e
        CROSS JOIN LATERAL (
            SELECT COALESCE(e.payload #>> '{application,candidate,id}', e.payload #>> '{resume,candidateId}', e.payload #>> '{candidate,id}')::uuid
        ) c (id)
        WHERE e.tenant_id = \(tenant) AND e.occurred_at >= \(merge.mergedAt)
            AND e.name IN ('application.submitted', 'application.withdrawn', 'resume.uploaded', 'candidate.updated')
            AND c.id IN (\(merge.keptId), \(merge.mergedId))
        ORDER BY e.occurred_at, e.id
        LIMIT 1000
        """
    }

    static func proposals(limit: Int, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT p.kept_id, p.merged_id, p.reasons, \(name("k")) AS kept_name, \(name("d")) AS merged_name
        FROM (\(pairs(tenant, nil))) p
        JOIN users k ON k.tenant_id = \(tenant) AND k.id = p.kept_id
        JOIN users d ON d.tenant_id = \(tenant) AND d.id = p.merged_id
        ORDER BY cardinality(p.reasons) DESC, p.reasons, p.kept_id, p.merged_id
        LIMIT \(limit)::int
        """
    }

    private static func name(_ user: StaticString) -> SQL {
        "COALESCE(NULLIF(concat_ws(' ', \(raw: user).first_name, \(raw: user).last_name), ''), 'Candidate')"
    }

    /// Candidates who have something in common; the older account is the one to keep.
    private static func pairs(_ tenant: Identifier<Tenant>, _ people: [Identifier<User>]?) -> SQL {
        let some: SQL = people.map { "AND u.id = ANY(\($0.map(\.uuid))::uuid[])" } ?? ""
        return """
            WITH known AS (
                SELECT u.id, u.email, u.phone, u.first_name, u.last_name
                FROM users u
                WHERE u.tenant_id = \(tenant) AND 'candidate' = ANY(u.roles) AND u.status = 'active' \(some)
                    AND NOT EXISTS (
                        SELECT FROM candidate_merges m WHERE m.tenant_id = u.tenant_id AND m.merged_id = u.id AND m.undone_at IS NULL
                    )
            ), read AS (
                SELECT k.id, r.parsed
                FROM known k
                JOIN resumes r ON r.tenant_id = \(tenant) AND r.candidate_id = k.id AND r.deleted_at IS NULL AND r.parsed IS NOT NULL
            ), traits AS (
                SELECT k.id, 'email' AS reason, \(mailbox("k.email")) AS value FROM known k
                UNION
                SELECT r.id, 'email', \(mailbox("v.value ->> 'value'")) FROM read r, jsonb_array_elements(r.parsed -> 'emails') v
                UNION
                SELECT k.id, 'phone', \(digits("k.phone")) FROM known k WHERE length(\(digits("k.phone"))) > 6
                UNION
                SELECT r.id, 'phone', \(digits("v.value ->> 'value'"))
                FROM read r, jsonb_array_elements(r.parsed -> 'phones') v
                WHERE length(\(digits("v.value ->> 'value'"))) > 6
                UNION
                SELECT k.id, 'name', lower(k.first_name || ' ' || k.last_name) FROM known k WHERE k.first_name || k.last_name <> ''
            )
            SELECT a.id AS kept_id, b.id AS merged_id, array_agg(DISTINCT a.reason) AS reasons
            FROM traits a
            JOIN traits b ON b.reason = a.reason AND b.value = a.value AND b.id > a.id
            GROUP BY a.id, b.id
            """
    }

    /// The same mailbox, however it is tagged.
    private static func mailbox(_ address: SQL) -> SQL { #"regexp_replace(lower(\#(address)), '\+[^@]*@', '@')"# }

    /// Without the country code, which not everybody writes.
    private static func digits(_ phone: SQL) -> SQL { #"right(regexp_replace(\#(phone), '\D', '', 'g'), 9)"# }
}
