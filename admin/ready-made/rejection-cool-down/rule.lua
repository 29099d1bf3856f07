-- After a rejection a candidate waits before applying to the same company again.
-- Other companies of the tenant are not affected.

local DAYS = 180              -- days before a rejected candidate may apply again
local SAME_TITLE_ONLY = false -- true: only for jobs with the same title

-- If this rule fails, applications are still accepted.
onError("allow")

local DAY = 24 * 3600

before("application.submitting", function(event)
  local app = event.application
  -- Whole days: a promised day counts from its first hour.
  local today = time.now() - time.now() % DAY
  local rejections = applications {
    candidateId = app.candidate.id, companyId = app.job.companyId, category = "rejected",
    movedAfter = time.format(today - (DAYS - 1) * DAY), limit = 100,
  }
  local last
  for _, earlier in ipairs(rejections) do
    local counts = earlier.jobTitle == app.job.title or not SAME_TITLE_ONLY
    if counts and (not last or earlier.movedAt > last) then last = earlier.movedAt end
  end
  if last then
    local again = time.format(time.parse(last) + DAYS * DAY)
    reject("Thank you for your interest. You can apply to us again from " .. string.sub(again, 1, 10) .. " on.", "COOL_DOWN")
  end
end)
