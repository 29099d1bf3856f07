-- People who wait for the answer to an offer are told at once.

local TELL = {  -- the answer, who is told, and what
  accepted = { roles = { "hiringManager", "recruiter", "companyAdmin" }, words = "accepted the offer" },
  declined = { roles = { "hiringManager", "recruiter" }, words = "declined the offer" },
  negotiating = { roles = { "companyAdmin" }, words = "would like to talk about the offer" },
}

on("offer.changed", function(event)
  local answer = TELL[event.offer.status]
  if not answer or event.from == event.offer.status then return end
  local app = event.application
  for _, role in ipairs(answer.roles) do
    notify { role = role, text = app.candidate.name .. " " .. answer.words .. " for " .. app.job.title .. "." }
  end
end)
