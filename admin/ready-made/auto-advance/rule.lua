-- An application that matches the job well moves on at once, and the recruiters are told.
-- This rule rejects nobody: lower scores wait for a person, as before.

local STRONG = 85          -- from this score on (0 to 100) an application counts as a strong match
local NEXT = "screening"   -- the stage that strong matches move to
local TAG = "strong-match" -- the tag that they get

on("application.submitted", function(event)
  local app = event.application
  if not app.atsScore or app.atsScore < STRONG then return end
  if #app.disqualifiedBy > 0 then return end

  -- Somebody may have been faster than this rule.
  local present = application(app.id)
  if present.status ~= app.status then return end

  app:move(NEXT, { reason = "Strong match: " .. app.atsScore .. " of 100." })
  app:tag(TAG)
  notify { role = "recruiter", text = app.candidate.name .. " is a strong match for " .. app.job.title .. "." }
end)
