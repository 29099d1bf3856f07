-- A question of the job can have disqualifying answers. This rule decides what follows from one: a rejection with
-- the reason given here, or, for every other question, a tag and a note so that a person decides.

local REJECT = {                -- the key of a question, and the reason for the rejection
  ["work-permit"] = "A work permit is required for this job.",
  ["night-shifts"] = "The job includes night shifts.",
}
local REJECTED = "rejected"     -- the stage for rejected applications
local TAG = "check-answers"     -- marks the others

on("application.submitted", function(event)
  local app = event.application
  if #app.disqualifiedBy == 0 then return end

  -- Somebody may have been faster than this rule, and knows better.
  if application(app.id).status ~= app.status then return end

  for _, question in ipairs(app.disqualifiedBy) do
    if REJECT[question] then
      app:move(REJECTED, { reason = REJECT[question] })
      return
    end
  end
  app:tag(TAG)
  app:note("Answered against the job's terms: " .. table.concat(app.disqualifiedBy, ", ") .. ".")
end)
