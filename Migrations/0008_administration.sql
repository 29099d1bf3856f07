-- The chain over a tenant's numbered events. Each hash covers the one before it, so a row changed, removed or put in later is noticed at the first number that no longer fits.

-- What of an event is hashed: everything that says who did what to whom, when and why. A JSON array keeps the fields apart, and jsonb prints equal values equally.
CREATE FUNCTION event_entry(event events, number bigint) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT convert_to(
        jsonb_build_array(
            number, event.id, event.name, event.subject_kind, event.subject_id, event.actor_kind, event.actor_id, event.cause_id,
            event.depth, event.request_id, (extract(epoch FROM event.occurred_at) * 1000000)::bigint, event.payload
        )::text,
        'UTF8'
    )
$$;

CREATE FUNCTION chained_hash_step(hash bytea, start bytea, entry bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT sha256(COALESCE(hash, start) || entry)
$$;

-- Over a window in the order of the numbers: the hash of each entry, from the hash that stood before the first.
CREATE AGGREGATE chained_hash(start bytea, entry bytea) (SFUNC = chained_hash_step, STYPE = bytea);

CREATE FUNCTION first_hash() RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT decode(repeat('00', 32), 'hex')
$$;

-- The console's list of dead letters, across tenants, and the way from an id to one of them.
CREATE INDEX work_dead ON work (id) WHERE state = 'dead';
