-- What may be offered depends on the job's level, which is one of its custom fields.

local FIELD = "level"      -- the job's custom field with the level
local CURRENCY = "EUR"     -- the currency of the ceilings below
local CEILINGS = {         -- per year, in whole euros, by level in lower case
  junior = 55000,
  middle = 70000,
  senior = 90000,
  lead = 110000,
}
local WITH_BONUS = true    -- true: base salary and bonus together must stay below

before("offer.making", function(event)
  local level = event.application.job.customFields[FIELD]
  local ceiling = CEILINGS[string.lower(tostring(level))]
  if not ceiling then
    reject("The job has no known level, so nobody can tell what may be offered. Set its custom field \"" .. FIELD .. "\".", "LEVEL_UNKNOWN")
  end
  if event.offer.currency ~= CURRENCY then
    reject("The ceilings are in " .. CURRENCY .. ": make the offer in that currency.", "CURRENCY_UNKNOWN")
  end

  -- Amounts are in cents.
  local total = event.offer.baseSalary
  if WITH_BONUS then total = total + (event.offer.bonus or 0) end
  if total > ceiling * 100 then
    reject("For the level " .. level .. " at most " .. ceiling .. " " .. CURRENCY .. " a year may be offered.", "OFFER_CEILING")
  end
end)
