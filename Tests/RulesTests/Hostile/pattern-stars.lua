-- A pattern that takes exponential time.
-- expect: failed instructions
on("e", function(event)
  ("a"):rep(300):find("a*a*a*a*b")
end)
