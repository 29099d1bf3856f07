-- Integers wrap around, and nothing else happens.
-- expect: completed "true true"
on("e", function(event)
  log(math.maxinteger + 1 == math.mininteger, math.abs(math.mininteger) == math.mininteger)
end)
