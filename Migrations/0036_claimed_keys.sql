-- Keys that are claimed before the work that they stand for: who holds the claim, and until when it outlives its process.
ALTER TABLE idempotency_keys ADD COLUMN claim uuid, ADD COLUMN claimed_until timestamptz;
