-- Candidates who hear nothing go elsewhere. Once a day this rule looks for applications that have been in their stage
-- too long, marks them, and tells the recruiters of each job.

local DAYS = {        -- how many days an application may be in a stage of each kind
  applied = 3,
  screening = 5,
  assessment = 10,
  interview = 14,
  offer = 7,
}
local TAG = "overdue" -- followed by the kind of stage, as in "overdue-interview"; each is announced once
local MOST = 10       -- how many of each kind in one morning, the longest waiting first

every("1d", { at = "07:30", on = "weekdays" }, function()
  for category, days in pairs(DAYS) do
    local tag = TAG .. "-" .. category
    local late = applications {
      category = category, movedBefore = time.format(time.now() - days * 24 * 3600), withoutTag = tag, sort = "waiting", limit = MOST,
    }
    for _, app in ipairs(late) do
      app:tag(tag)
      notify {
        role = "recruiter",
        text = app.candidateName .. " has been waiting for " .. app.jobTitle .. " for more than " .. days .. " days.",
        subject = { kind = "application", id = app.id },
      }
    end
  end
end)
