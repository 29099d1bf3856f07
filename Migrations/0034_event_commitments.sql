-- The payload of an event is committed by a salted digest, and the chain covers the digest: once personal parts of a payload were replaced and
-- its salt was dropped, the chain is as it was, and nobody can guess from the digest what stood there.
-- Events from before keep their hash, which covers the payload itself; `seal` is that of a second chain, over their digests.
ALTER TABLE events
    ADD COLUMN salt bytea,
    ADD COLUMN digest bytea,
    ADD COLUMN seal bytea,
    ADD COLUMN erasure_id uuid;
COMMENT ON COLUMN events.erasure_id IS 'The last erasure that replaced personal parts of the payload; the salt is gone then.';

CREATE FUNCTION payload_digest(salt bytea, payload jsonb) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(salt || convert_to(payload::text, 'UTF8'))
$$;

-- As event_entry, with the digest in the payload's place. A payload is an object and a digest a string: no entry of one form is one of the other.
CREATE FUNCTION committed_entry(event events, number bigint, digest bytea) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT convert_to(
        jsonb_build_array(
            number, event.id, event.name, event.subject_kind, event.subject_id, event.actor_kind, event.actor_id, event.cause_id,
            event.depth, event.request_id, (extract(epoch FROM event.occurred_at) * 1000000)::bigint, encode(digest, 'hex')
        )::text,
        'UTF8'
    )
$$;
