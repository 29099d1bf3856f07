-- Intervals that are empty, and as wide as can be.
-- expect: completed "false true"
on("e", function(event)
  log((pcall(random, 2, 1)), (pcall(random, math.mininteger, math.maxinteger)))
end)
