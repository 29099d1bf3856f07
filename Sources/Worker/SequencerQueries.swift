import Kernel
import Postgres

/// The sequencer's statements; the functions they call come with the schema.
enum SequencerSQL {
    static func number(batch: Int) -> SQL {
        """
        WITH RECURSIVE pending AS (
            (SELECT tenant_id FROM events WHERE sequence IS NULL ORDER BY tenant_id LIMIT 1)
            UNION ALL
            SELECT (
                SELECT e.tenant_id FROM events e WHERE e.sequence IS NULL AND e.tenant_id > p.tenant_id ORDER BY e.tenant_id LIMIT 1
            )
            FROM pending p
            WHERE p.tenant_id IS NOT NULL
        ), heads AS (
            SELECT p.tenant_id, COALESCE(h.sequence, 0) AS sequence, COALESCE(h.hash, first_hash()) AS hash
            FROM pending p
            LEFT JOIN LATERAL (
                SELECT e.sequence, e.hash
                FROM events e
                WHERE e.tenant_id = p.tenant_id AND e.sequence IS NOT NULL
                ORDER BY e.sequence DESC
                LIMIT 1
            ) h ON TRUE
            WHERE p.tenant_id IS NOT NULL
        ), numbered AS (
            SELECT
                h.tenant_id, h.hash AS head, n.event, (n.event).id AS id,
                h.sequence + row_number() OVER (PARTITION BY h.tenant_id ORDER BY (n.event).id) AS number,
                payload_digest((n.event).salt, (n.event).payload) AS digest
            FROM heads h
            CROSS JOIN LATERAL (
                SELECT e AS event
                FROM events e
                WHERE e.tenant_id = h.tenant_id AND e.sequence IS NULL
                ORDER BY e.id
                LIMIT \(batch)::int
            ) n
        ), chained AS (
            SELECT
                n.tenant_id, n.id, n.number, n.digest,
                chained_hash(
                    n.head,
                    CASE WHEN n.digest IS NULL THEN event_entry(n.event, n.number) ELSE committed_entry(n.event, n.number, n.digest) END
                ) OVER (PARTITION BY n.tenant_id ORDER BY n.number ROWS UNBOUNDED PRECEDING) AS hash
            FROM numbered n
        )
        UPDATE events e
        SET sequence = c.number, hash = c.hash, digest = c.digest
        FROM chained c
        WHERE e.tenant_id = c.tenant_id AND e.id = c.id
        """
    }

    /// When the oldest event without a number happened; of many waiting tenants only the first are looked at.
    static let oldestUnnumbered: SQL = """
        SELECT min(e.occurred_at) AS since
        FROM (SELECT occurred_at FROM events WHERE sequence IS NULL ORDER BY tenant_id, id LIMIT 1000) e
        """

    /// Checks each entry against the one before it, in its own form. A sealed one from before has both, as long as its payload is whole.
    static func verify(_ tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT
            count(*) AS length, count(*) FILTER (WHERE c.erasure_id IS NOT NULL) AS erased, count(*) FILTER (WHERE c.digest IS NULL) AS unsealed,
            min(c.sequence) FILTER (WHERE NOT c.is_in_place OR NOT c.is_chained OR NOT c.is_committed) AS first_broken
        FROM (
            SELECT
                l.sequence, l.digest, l.erasure_id, l.sequence = l.place AS is_in_place,
                CASE
                    WHEN l.digest IS NULL THEN l.hash = sha256(l.hash_before || event_entry(l.event, l.sequence))
                    WHEN l.seal IS NULL THEN l.hash = sha256(l.hash_before || committed_entry(l.event, l.sequence, l.digest))
                    ELSE l.seal = sha256(l.seal_before || committed_entry(l.event, l.sequence, l.digest))
                        AND (l.erasure_id IS NOT NULL OR l.hash = sha256(l.hash_before || event_entry(l.event, l.sequence)))
                END AS is_chained,
                CASE
                    WHEN l.digest IS NULL THEN TRUE
                    WHEN l.salt IS NULL THEN l.erasure_id IS NOT NULL
                    ELSE l.digest = payload_digest(l.salt, (l.event).payload)
                END AS is_committed
            FROM (
                SELECT
                    e AS event, e.sequence, e.digest, e.salt, e.seal, e.hash, e.erasure_id, row_number() OVER chain AS place,
                    lag(e.hash, 1, first_hash()) OVER chain AS hash_before,
                    lag(e.seal, 1, first_hash()) OVER (PARTITION BY e.seal IS NULL ORDER BY e.sequence) AS seal_before
                FROM events e
                WHERE e.tenant_id = \(tenant) AND e.sequence IS NOT NULL
                WINDOW chain AS (ORDER BY e.sequence)
            ) l
        ) c
        """
    }
}
