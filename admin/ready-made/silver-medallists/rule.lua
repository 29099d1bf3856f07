-- The second best of one search is often the best of the next. Strong candidates who are rejected late get a tag;
-- once a week the recruiters are reminded of them for jobs that have opened in the same department.

local LATE = { interview = true, offer = true } -- rejected from one of these stages, a candidate was a finalist
local GOOD_CARDS = 1        -- with so many scorecards of yes or strong yes
local TAG = "silver"        -- marks them
local MONTHS = 12           -- so long they are worth a call
local MOST = 5              -- so many are named for each job

on("application.status_changed", function(event)
  if event.category ~= "rejected" or not LATE[event.from] then return end
  local good = 0
  for _, card in ipairs(event.application.scorecards) do
    if card.recommendation == "yes" or card.recommendation == "strongYes" then good = good + 1 end
  end
  if good >= GOOD_CARDS then event.application:tag(TAG) end
end)

every("1w", function()
  local aWeekAgo = time.format(time.now() - 7 * 24 * 3600)
  local worthACall = time.format(time.now() - MONTHS * 30 * 24 * 3600)
  for _, opened in ipairs(jobs { status = "published", publishedAfter = aWeekAgo, limit = 20 }) do
    if opened.department then
      local names = {}
      local silver = applications { tag = TAG, department = opened.department, movedAfter = worthACall, limit = MOST }
      for _, app in ipairs(silver) do
        if app.jobId ~= opened.id then table.insert(names, app.candidateName .. " (" .. app.jobTitle .. ")") end
      end
      if #names > 0 then
        notify {
          role = "recruiter",
          text = "For " .. opened.title .. " you may want to call " .. table.concat(names, ", ") .. ".",
        }
      end
    end
  end
end)
