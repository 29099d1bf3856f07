-- The least integer divided by minus one traps in C.
-- expect: completed "true 0"
on("e", function(event)
  log(math.mininteger // -1 == math.mininteger, math.mininteger % -1)
end)
