import Kernel
import Postgres

/// The sequencer's statements; the functions in them come with the schema.
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
                h.sequence + row_number() OVER (PARTITION BY h.tenant_id ORDER BY (n.event).id) AS number
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
                n.tenant_id, n.id, n.number,
                chained_hash(n.head, event_entry(n.event, n.number))
                    OVER (PARTITION BY n.tenant_id ORDER BY n.number ROWS UNBOUNDED PRECEDING) AS hash
            FROM numbered n
        )
        UPDATE events e
        SET sequence = c.number, hash = c.hash
        FROM chained c
        WHERE e.tenant_id = c.tenant_id AND e.id = c.id
        """
    }

    static func verify(_ tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT count(*) AS length, min(c.sequence) FILTER (WHERE NOT c.is_sound) AS first_broken
        FROM (
            SELECT
                e.sequence,
                e.sequence = row_number() OVER chain
                    AND e.hash = chained_hash(first_hash(), event_entry(e, e.sequence)) OVER chain AS is_sound
            FROM events e
            WHERE e.tenant_id = \(tenant) AND e.sequence IS NOT NULL
            WINDOW chain AS (ORDER BY e.sequence ROWS UNBOUNDED PRECEDING)
        ) c
        """
    }
}
