-- After a rejection a candidate waits before applying to the same company again.
-- Other companies of the tenant are not affected.

local DAYS = 180              -- so long a rejection stands in the way
local SAME_TITLE_ONLY = false -- true: only for jobs of the same title

-- Should this rule ever fail, nobody loses an application over it.
onError("allow")

local DAY = 24 * 3600

before("application.submitting", function(event)
  local app = event.application
  -- Whole days: what is promised for a day holds from its first hour on.
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
