-- Arithmetic on what has none.
-- expect: failed runtime "attempt to perform arithmetic"
on("e", function(event)
  return event + string
end)
