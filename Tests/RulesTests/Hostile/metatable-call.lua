-- A call of what is no function.
-- expect: failed runtime "attempt to call"
on("e", function(event)
  event()
end)
