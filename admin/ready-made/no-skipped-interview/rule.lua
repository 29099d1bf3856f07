-- An offer follows an interview, and so does a hire. A tag allows the exception, and shows later who made one.

local ALLOWED = { interview = true, offer = true } -- an offer or a hire may follow these kinds of stage
local EXCEPTION = "interview-waived"               -- an application with this tag may go on without

local function check(app)
  if ALLOWED[app.category] then return end
  for _, tag in ipairs(app.tags) do
    if tag == EXCEPTION then return end
  end
  reject("Interview the candidate first, or tag the application \"" .. EXCEPTION .. "\".", "INTERVIEW_SKIPPED")
end

before("application.status_changing", function(event)
  if event.category == "offer" or event.category == "hired" then check(event.application) end
end)

before("offer.making", function(event)
  check(event.application)
end)
