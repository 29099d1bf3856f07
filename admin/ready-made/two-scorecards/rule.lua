-- Nobody gets an offer or is hired on a single opinion: interviewers submit scorecards first.

local NEEDED = 2           -- how many people must have submitted a scorecard
local STRONG_NO = true     -- true: a "strong no" on any scorecard blocks as well

local function check(cards)
  local authors, count = {}, 0
  for position, card in ipairs(cards) do
    local author = card.authorId or position
    if not authors[author] then count = count + 1 end
    authors[author] = true
  end

  if count < NEEDED then
    reject("There must be scorecards of " .. NEEDED .. " people before this step; so far there are " .. count .. ".", "SCORECARDS_MISSING")
  end
  if not STRONG_NO then return end
  for _, card in ipairs(cards) do
    if card.recommendation == "strongNo" then
      reject("An interviewer said \"strong no\". Talk it over and move the application back first.", "STRONG_NO")
    end
  end
end

before("application.status_changing", function(event)
  if event.category == "offer" or event.category == "hired" then check(event.application.scorecards) end
end)

before("offer.making", function(event)
  check(event.application.scorecards)
end)
