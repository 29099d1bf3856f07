"""How fast a draft is replayed over 100,000 past applications, most of which people then decided."""

import json
import time

from machine import sql

PAST = 100_000
DRAFT = """
before("application.submitting", function(event)
  if event.application.job.status ~= "published" then return reject("The job is closed.") end
end)

on("application.submitted", function(event)
  local app = event.application
  local score = app.atsScore or 0
  local years = app.candidate.yearsOfExperience or 0
  if #app.disqualifiedBy > 0 then
    app:move("rejected", { reason = "Answered against the job's terms." })
  elseif score >= 85 and years >= 3 then
    app:move("screening", { reason = "Strong match: " .. score .. " of 100." })
    notify { role = "recruiter", text = app.candidate.name .. " was fast-tracked: " .. app.job.title }
  elseif score < 20 then
    app:note("A weak match: " .. score .. " of 100.")
  end
end)
"""


def multiply(tenant):
    """Past applications like the one that there is, a minute apart, with scores of their own; two of three were moved by people."""
    columns = "tenant_id, id, name, subject_kind, subject_id, actor_kind, actor_id, payload, occurred_at"
    sql(f"""
        CREATE TEMPORARY TABLE past AS
        SELECT e.tenant_id, gen_random_uuid() AS subject, number, e.occurred_at - make_interval(mins => number) AS moment, e.actor_id,
               jsonb_set(
                   jsonb_set(e.payload, '{{application,atsScore}}', to_jsonb(number * 7919 % 101)), '{{application,candidate,yearsOfExperience}}', '4'
               ) AS payload
        FROM events e
        JOIN tenants t ON t.id = e.tenant_id AND t.code = '{tenant}'
        CROSS JOIN generate_series(1, {PAST}) AS number
        WHERE e.id = (SELECT id FROM events WHERE tenant_id = t.id AND name = 'application.submitted' ORDER BY occurred_at LIMIT 1);
        UPDATE past SET payload = jsonb_set(payload, '{{application,id}}', to_jsonb(subject));
        INSERT INTO events ({columns})
        SELECT tenant_id, gen_random_uuid(), 'application.submitted', 'application', subject, 'user', actor_id, payload, moment FROM past;
        INSERT INTO events ({columns})
        SELECT tenant_id, gen_random_uuid(), 'application.status_changed', 'application', subject, 'user', actor_id,
               jsonb_set(payload, '{{application,status}}', to_jsonb(stage)) || jsonb_build_object('from', 'applied', 'to', stage, 'category', stage),
               moment + interval '1 day'
        FROM past CROSS JOIN LATERAL (SELECT CASE number % 3 WHEN 1 THEN 'screening' ELSE 'rejected' END AS stage) AS decided
        WHERE number % 3 > 0;
        ANALYZE events
    """)
    while sql("SELECT count(*) FROM events WHERE sequence IS NULL") != "0":
        time.sleep(0.5)


def replay(admin, name):
    """Seconds that it took, and what it found."""
    script = admin.post("/admin/scripts", {"name": name, "kind": "rule", "source": DRAFT})["id"]
    begun = admin.call("POST", f"/admin/scripts/{script}/replay", {"last": PAST}, wanted=(202,))
    began = time.monotonic()
    while True:
        seen = admin.get(f"/admin/replays/{begun['id']}")
        if seen["status"] not in ("queued", "running"):
            break
        time.sleep(0.1)
    taken = time.monotonic() - began
    if seen["status"] != "completed" or seen["processed"] != PAST or seen["errors"]:
        raise SystemExit(f"The replay ended otherwise: {json.dumps(seen)}")
    return taken
