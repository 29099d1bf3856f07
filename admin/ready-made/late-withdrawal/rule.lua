-- Somebody who withdraws after an interview knew us well. That is worth a call, and worth counting.

local LATE = { interview = true, offer = true } -- withdrawing from one of these kinds of stage is late
local TAG = "late-withdrawal"                   -- marks them
local COUNT = "late-withdrawal/this-week"       -- where the rule stores how many

on("application.withdrawn", function(event)
  if not LATE[event.fromCategory] then return end
  local app = event.application
  app:tag(TAG)
  notify {
    role = "recruiter",
    text = app.candidate.name .. " withdrew from " .. app.job.title .. ": " .. (event.reason or "no reason given") .. ". A call may tell more.",
  }
  store.set(COUNT, (store.get(COUNT) or 0) + 1)
end)

every("1w", { at = "07:30", on = "monday" }, function()
  local count = store.get(COUNT) or 0
  if count == 0 then return end
  notify { role = "tenantAdmin", text = "Late withdrawals in the last seven days: " .. count .. "." }
  store.delete(COUNT)
end)
