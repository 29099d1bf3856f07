-- An invitation that is written late in the evening or on a weekend goes out on the next working morning.
-- An interview that is soon is announced at once, whatever the time.

local FROM = 8          -- mails go out from this hour on
local UNTIL = 19        -- and no later than this
local LAST_DAY = 5      -- the last working day of the week: Monday is 1, 5 is Friday
local UTC_OFFSET = 1    -- hours ahead of UTC; -5 is New York in winter
local URGENT_HOURS = 48 -- an interview within this many hours is announced at once

before("invitation.sending", function(event)
  local at = time.parse(event.sendAt)
  if time.parse(event.interview.startsAt) - at < URGENT_HOURS * 3600 then return end

  local here = time.date(at + UTC_OFFSET * 3600)
  if here.weekday <= LAST_DAY and here.hour >= FROM and here.hour < UNTIL then return end

  -- The first working morning still to come, from the start of this day.
  local midnight = at - here.hour * 3600 - here.minute * 60 - here.second
  for days = 0, 7 do
    local morning = midnight + days * 24 * 3600 + FROM * 3600
    if morning > at and time.date(morning + UTC_OFFSET * 3600).weekday <= LAST_DAY then
      event.sendAt = time.format(morning)
      return
    end
  end
end)
