-- Nobody gets an offer, and nobody is hired, on one opinion: interviewers hand in scorecards first.

local NEEDED = 2           -- so many scorecards are needed
local STRONG_NO = true     -- true: a "strong no" on any scorecard blocks as well

before("application.status_changing", function(event)
  if event.category ~= "offer" and event.category ~= "hired" then return end
  local cards = event.application.scorecards

  if #cards < NEEDED then
    reject("There must be " .. NEEDED .. " scorecards before this step; so far there are " .. #cards .. ".", "SCORECARDS_MISSING")
  end
  if not STRONG_NO then return end
  for _, card in ipairs(cards) do
    if card.recommendation == "strongNo" then
      reject("An interviewer said \"strong no\". Talk it over and move the application back first.", "STRONG_NO")
    end
  end
end)
