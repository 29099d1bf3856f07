-- An interval that draws the most numbers.
-- expect: failed instructions
on("e", function(event)
  while true do random(math.mininteger, math.mininteger + (1 << 62)) end
end)
