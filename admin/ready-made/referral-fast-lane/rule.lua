-- People recommended by a colleague are looked at first.

local SOURCES = { referral = true, ["employee-referral"] = true } -- the sources of such applications
local NEXT = "screening" -- the stage that referrals move to
local TAG = "referral"   -- the tag that they get

on("application.submitted", function(event)
  local app = event.application
  if not app.source or not SOURCES[string.lower(app.source)] then return end
  if #app.disqualifiedBy > 0 then return end

  app:tag(TAG)
  if application(app.id).status == app.status then
    app:move(NEXT, { reason = "Referred by a colleague." })
  end
  notify { role = "recruiter", text = app.candidate.name .. " was referred for " .. app.job.title .. ": please look today." }
end)
