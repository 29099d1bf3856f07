-- The second best of one search is often the best of the next. Strong candidates who are rejected late get a tag;
-- once a week the recruiters are reminded of them for jobs that have opened in the same department.

local LATE = { interview = true, offer = true } -- rejected from one of these kinds of stage, a candidate was a finalist
local GOOD_CARDS = 1        -- with at least this many scorecards of yes or strong yes
local TAG = "silver"        -- marks them
local MONTHS = 12           -- for how many months they are worth a call
local MOST = 5              -- how many are named for each job
local JOBS = 15             -- how many jobs are looked at in one week

on("application.status_changed", function(event)
  if event.category ~= "rejected" or not LATE[event.fromCategory] then return end
  local good = 0
  for _, card in ipairs(event.application.scorecards) do
    if card.recommendation == "yes" or card.recommendation == "strongYes" then good = good + 1 end
  end
  if good >= GOOD_CARDS then event.application:tag(TAG) end
end)

-- Candidates who are already in one of the company's pipelines need no call.
local function isFree(app, company)
  return #applications { candidateId = app.candidateId, companyId = company, isOpen = true, limit = 1 } == 0
end

every("1w", { at = "07:30", on = "monday" }, function()
  local aWeekAgo = time.format(time.now() - 7 * 24 * 3600)
  local worthACall = time.format(time.now() - MONTHS * 30 * 24 * 3600)
  for _, opened in ipairs(jobs { status = "published", publishedAfter = aWeekAgo, limit = JOBS }) do
    if opened.department then
      local names, seen, first = {}, {}, nil
      local silver = applications {
        tag = TAG, category = "rejected", companyId = opened.companyId, department = opened.department, movedAfter = worthACall, limit = MOST,
      }
      for _, app in ipairs(silver) do
        if not seen[app.candidateId] and app.jobId ~= opened.id and isFree(app, opened.companyId) then
          table.insert(names, app.candidateName .. " (" .. app.jobTitle .. ")")
          first = first or app
        end
        seen[app.candidateId] = true
      end
      if first then
        notify {
          role = "recruiter",
          text = "For " .. opened.title .. " you may want to call " .. table.concat(names, ", ") .. ".",
          subject = { kind = "application", id = first.id }, -- so that the company's own recruiters are told
        }
      end
    end
  end
end)
