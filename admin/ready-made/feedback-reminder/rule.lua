-- What an interviewer does not write down within a day is forgotten. Whoever owes a scorecard is reminded.

local AFTER_HOURS = 20   -- so long after its end an interview is asked about
local REMINDERS = 2      -- so often each interviewer is reminded
local NO_LONGER = 14     -- interviews that ended more days ago are let go

every("1d", function()
  local due = interviews {
    lacksScorecards = true,
    startsAfter = time.format(time.now() - NO_LONGER * 24 * 3600),
    endedBefore = time.format(time.now() - AFTER_HOURS * 3600),
    limit = 30,
  }
  for _, interview in ipairs(due) do
    local key = "feedback-reminder/" .. interview.id
    local sent = store.get(key) or 0
    if interview.outcome ~= "cancelled" and sent < REMINDERS then
      for _, person in ipairs(interview.awaited) do
        notify {
          user = person,
          text = "How was the interview with " .. interview.candidateName .. " for " .. interview.jobTitle .. "? Please hand in your scorecard.",
          subject = { kind = "application", id = interview.applicationId },
        }
      end
      store.set(key, sent + 1)
    end
  end
end)
