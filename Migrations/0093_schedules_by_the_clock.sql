-- Schedules that run at a time of day in the tenant's time zone, on some days of the week.

ALTER TABLE schedules
    ADD COLUMN at_time time,
    ADD COLUMN days smallint[],
    ADD COLUMN last_due_at timestamptz;

-- The first time after `after` on a day that is in `days` (1 for Monday to 7 for Sunday) and a number of steps, in days, from the day of
-- `before`, if these ever reach one; any day if that is null. A time zone that this database doesn't know counts as UTC, so that it holds up nobody else's schedules.
CREATE FUNCTION next_local_run(
    after timestamptz, before timestamptz, step integer, at_time time, days smallint[], time_zone text
) RETURNS timestamptz
LANGUAGE plpgsql STABLE AS $$
DECLARE
    anchor date;
    skipped integer;
    next_run timestamptz;
BEGIN
    anchor := (COALESCE(before, after) AT TIME ZONE COALESCE(time_zone, 'UTC'))::date;
    skipped := GREATEST(0, ((after AT TIME ZONE COALESCE(time_zone, 'UTC'))::date - anchor) / step);
    -- Two weeks of steps reach each day of the week that they ever reach.
    SELECT (anchor + step * (skipped + i) + at_time) AT TIME ZONE COALESCE(time_zone, 'UTC')
    INTO next_run
    FROM generate_series(0, 14) AS i
    WHERE (anchor + step * (skipped + i) + at_time) AT TIME ZONE COALESCE(time_zone, 'UTC') > after
      AND (days IS NULL OR extract(isodow FROM anchor + step * (skipped + i))::int = ANY (days))
    ORDER BY i
    LIMIT 1;
    IF next_run IS NULL AND step > 1 THEN RETURN next_local_run(after, NULL, 1, at_time, days, time_zone); END IF;
    RETURN COALESCE(next_run, after + interval '1 day');
EXCEPTION
    WHEN invalid_parameter_value THEN
        IF time_zone IS NULL OR time_zone = 'UTC' THEN RAISE; END IF;
        RETURN next_local_run(after, before, step, at_time, days, 'UTC');
END
$$;
