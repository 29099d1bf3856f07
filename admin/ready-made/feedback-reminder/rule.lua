-- What an interviewer does not write down within a day is forgotten. Whoever owes a scorecard is reminded.

local AFTER_HOURS = 20   -- so long after its end an interview is asked about
local REMINDERS = 2      -- so often each interviewer is reminded
local NO_LONGER = 14     -- interviews that ended more days ago are let go
local MOST = 60          -- so many reminders in one morning; the others come the next
local SENT = "feedback-reminder/sent" -- where the rule remembers how often it asked about each interview

every("1d", function()
  local due = interviews {
    lacksScorecards = true,
    startsAfter = time.format(time.now() - NO_LONGER * 24 * 3600),
    endedBefore = time.format(time.now() - AFTER_HOURS * 3600),
    limit = 90,
  }
  local former, sent, told = store.get(SENT) or {}, {}, 0
  for _, interview in ipairs(due) do
    local count = former[interview.id] or 0
    local asks = interview.outcome ~= "cancelled" and count < REMINDERS and told + #interview.awaited <= MOST
    -- About somebody who has withdrawn, nothing is left to decide.
    if asks and application(interview.applicationId).category ~= "withdrawn" then
      for _, person in ipairs(interview.awaited) do
        notify {
          user = person,
          text = "How was the interview with " .. interview.candidateName .. " for " .. interview.jobTitle .. "? Please hand in your scorecard.",
          subject = { kind = "application", id = interview.applicationId },
        }
      end
      told = told + #interview.awaited
      count = count + 1
    end
    -- What is no longer due is forgotten with this.
    if count > 0 then sent[interview.id] = count end
  end
  if told > 0 then store.set(SENT, sent) end
end)
