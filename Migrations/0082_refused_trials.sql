-- The events for which a trial's effects would have been refused.
ALTER TABLE script_trials ADD COLUMN refused text[] NOT NULL DEFAULT '{}';
