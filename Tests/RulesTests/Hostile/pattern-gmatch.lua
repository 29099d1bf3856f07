-- Quadratic time, in gmatch.
-- expect: failed instructions
on("e", function(event)
  for w in ("a"):rep(100000):gmatch("a*a*b") do end
end)
