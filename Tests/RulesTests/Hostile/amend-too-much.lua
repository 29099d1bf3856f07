-- What may not be amended.
-- expect: failed runtime "cannot be changed"
before("e", function(event)
  event.application = {}
end)
