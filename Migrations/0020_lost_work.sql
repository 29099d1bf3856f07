-- How many attempts at a piece ended their worker or ran over their time-out. Two are enough; reported failures are counted in attempts.
ALTER TABLE work ADD COLUMN losses integer NOT NULL DEFAULT 0;
