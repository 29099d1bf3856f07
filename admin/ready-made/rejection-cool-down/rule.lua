-- After a rejection a candidate waits before applying to the same company again.
-- Other companies of the tenant are not affected.

local DAYS = 180              -- so long a rejection stands in the way
local SAME_TITLE_ONLY = false -- true: only for jobs of the same title

before("application.submitting", function(event)
  local app = event.application
  local since = time.now() - DAYS * 24 * 3600
  local rejections = applications {
    candidateId = app.candidate.id, category = "rejected", movedAfter = time.format(since), limit = 100,
  }
  for _, earlier in ipairs(rejections) do
    local sameCompany = job(earlier.jobId).companyId == app.job.companyId
    local sameTitle = earlier.jobTitle == app.job.title
    if sameCompany and (sameTitle or not SAME_TITLE_ONLY) then
      local again = time.format(time.parse(earlier.movedAt) + DAYS * 24 * 3600)
      reject("Thank you for your interest. You can apply to us again from " .. string.sub(again, 1, 10) .. " on.", "COOL_DOWN")
    end
  end
end)
