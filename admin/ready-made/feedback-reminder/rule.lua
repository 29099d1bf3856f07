-- What an interviewer does not write down within a day is forgotten. Interviewers who owe a scorecard are reminded.

local AFTER_HOURS = 20   -- hours after the end of an interview until the first reminder
local REMINDERS = 2      -- how often each interviewer is reminded
local NO_LONGER = 14     -- interviews that ended more days ago are ignored
local MOST = 60          -- reminders in one morning; the others are sent the next
local SENT = "feedback-reminder/sent" -- where the rule stores how often it asked about each interview

every("1d", { at = "07:30", on = "weekdays" }, function()
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
    -- There is nothing left to decide about somebody who has withdrawn.
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
    -- This also forgets interviews that are no longer due.
    if count > 0 then sent[interview.id] = count end
  end
  if told > 0 then store.set(SENT, sent) end
end)
