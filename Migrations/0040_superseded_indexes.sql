-- The indexes from before the three last files serve nothing any more. They began with the tenant, which neither the claim nor upkeep names.
DROP INDEX work_due, mails_age, script_runs_age;
