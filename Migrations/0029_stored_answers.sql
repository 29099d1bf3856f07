-- What the caller could do when the answer was stored. Without it, as in rows from before, the answer is for nobody.
ALTER TABLE idempotency_keys ADD COLUMN standing bytea;
