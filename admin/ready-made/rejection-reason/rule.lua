-- A rejection needs a reason that somebody can understand a year later.

local SHORTEST = 10                                          -- the shortest reason, in characters
local EMPTY_WORDS = { ["not a fit"] = true, ["no fit"] = true, ["not suitable"] = true } -- these say nothing

before("application.status_changing", function(event)
  if event.category ~= "rejected" then return end
  if not event.reason then
    reject("Say why before you reject somebody.", "REASON_MISSING")
  end
  if utf8.len(event.reason) < SHORTEST or EMPTY_WORDS[string.lower(event.reason)] then
    reject("Say a little more about why: \"" .. event.reason .. "\" will help nobody later.", "REASON_TOO_SHORT")
  end
end)
