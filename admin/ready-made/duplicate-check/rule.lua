-- Recruiters should know when a candidate is already talking to colleagues, or has applied with a second account.
-- Nobody is rejected: people have good reasons for both. Other companies of the tenant stay out of it.

local FINE = 1                           -- this many other open applications are normal
local NAMED = 20                         -- this many of them are named in the note
local TAG_SEVERAL = "several-jobs"       -- marks a candidate with more
local TAG_DUPLICATE = "maybe-duplicate"  -- marks a possible second account of the same person

on("application.submitted", function(event)
  local app = event.application
  local company = app.job.companyId
  local titles, others = {}, 0
  for _, other in ipairs(applications { candidateId = app.candidate.id, companyId = company, isOpen = true, limit = 100 }) do
    if other.id ~= app.id then
      others = others + 1
      if others <= NAMED then table.insert(titles, other.jobTitle) end
    end
  end
  if others > FINE then
    app:tag(TAG_SEVERAL)
    app:note("Also applied for: " .. table.concat(titles, ", ") .. (others > NAMED and " and others." or "."))
  end

  -- Contact data is masked, but always in the same way: the same name with the same mail or phone is worth a look.
  local ours
  local compared = { [app.candidate.id] = true }
  for _, other in ipairs(applications { candidateName = app.candidate.name, companyId = company, limit = 50 }) do
    if not compared[other.candidateId] then
      compared[other.candidateId] = true
      ours = ours or candidate(app.candidate.id).contact
      local theirs = candidate(other.candidateId).contact
      local samePhone = ours.phones[1] ~= nil and ours.phones[1] == theirs.phones[1]
      if samePhone or ours.email == theirs.email then
        app:tag(TAG_DUPLICATE)
        app:note("Another account of the same name, with contact data that looks the same, applied for " .. other.jobTitle .. ".")
        return
      end
    end
  end
end)
