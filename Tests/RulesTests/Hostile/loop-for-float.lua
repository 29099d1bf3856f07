-- A step too small to ever arrive.
-- expect: failed instructions
on("e", function(event)
  for i = 1, math.huge, 1e-300 do end
end)
