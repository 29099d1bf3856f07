-- The event as environment: it cannot be written to.
-- expect: failed runtime "cannot be changed"
on("e", function(event)
  local _ENV = event
  x = 1
end)
