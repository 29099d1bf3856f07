-- Candidates who hear nothing go elsewhere. Once a day this rule looks for applications that have been in their stage
-- too long, marks them, and tells the recruiters of each job.

local DAYS = {        -- so many days an application may be in a stage of each kind
  applied = 3,
  screening = 5,
  assessment = 10,
  interview = 14,
  offer = 7,
}
local TAG = "overdue" -- marks what is late; an application with it is not announced again
local MOST = 30       -- so many in one morning, the longest waiting first

every("1d", function()
  local told = 0
  for category, days in pairs(DAYS) do
    local late = applications {
      category = category, movedBefore = time.format(time.now() - days * 24 * 3600), sort = "waiting", limit = 100,
    }
    for _, app in ipairs(late) do
      if told >= MOST then return end
      local isMarked = false
      for _, tag in ipairs(app.tags) do isMarked = isMarked or tag == TAG end
      if not isMarked then
        told = told + 1
        app:tag(TAG)
        notify {
          role = "recruiter",
          text = app.candidateName .. " has been waiting for " .. app.jobTitle .. " for more than " .. days .. " days.",
          subject = { kind = "application", id = app.id },
        }
      end
    end
  end
end)
