-- What is missing when a job opens is rarely added later. This rule asks for everything first.

local CUSTOM_FIELDS = { "level" } -- custom fields that every job needs
local DEPARTMENT = true           -- whether every job needs a department
local LOCATION = true             -- whether every job needs a location, except for remote ones

before("job.publishing", function(event)
  local missing = {}
  if DEPARTMENT and not event.job.department then table.insert(missing, "department") end
  if LOCATION and not event.job.location and event.job.workplace ~= "remote" then table.insert(missing, "location") end
  for _, field in ipairs(CUSTOM_FIELDS) do
    local value = event.job.customFields[field]
    if value == nil or value == "" then table.insert(missing, field) end
  end
  if #missing > 0 then
    reject("Before the job can open, fill in: " .. table.concat(missing, ", ") .. ".", "JOB_INCOMPLETE")
  end
end)
