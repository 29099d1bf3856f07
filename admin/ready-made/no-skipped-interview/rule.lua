-- An offer follows an interview. A tag allows the exception, and shows later who made one.

local ALLOWED = { interview = true, offer = true } -- an offer may follow these kinds of stage
local EXCEPTION = "interview-waived"               -- an application with this tag may go on without

before("application.status_changing", function(event)
  if event.category ~= "offer" or ALLOWED[event.application.category] then return end
  for _, tag in ipairs(event.application.tags) do
    if tag == EXCEPTION then return end
  end
  reject("Interview the candidate first, or tag the application \"" .. EXCEPTION .. "\".", "INTERVIEW_SKIPPED")
end)
