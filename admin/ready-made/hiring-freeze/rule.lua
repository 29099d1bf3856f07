-- During a freeze no job of the department opens, and nobody gets an offer. Offers that were made before can be accepted.

local FROZEN = {              -- a department in lower case, and the last day of its freeze
  ["marketing"] = "2026-06-30",
  ["engineering"] = "2026-01-31",
}

local function frozenUntil(job)
  local last = job.department and FROZEN[string.lower(job.department)]
  if last and time.now() < time.parse(last) + 24 * 3600 then return last end
  return nil
end

before("job.publishing", function(event)
  local last = frozenUntil(event.job)
  if last then reject("No jobs open in " .. event.job.department .. " until " .. last .. ".", "HIRING_FREEZE") end
end)

local function refuseOffer(job)
  local last = frozenUntil(job)
  if last then reject("No offers are made in " .. job.department .. " until " .. last .. ".", "HIRING_FREEZE") end
end

before("application.status_changing", function(event)
  if event.category == "offer" then refuseOffer(event.application.job) end
end)

before("offer.making", function(event)
  refuseOffer(event.application.job)
end)
