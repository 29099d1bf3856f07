-- The same, caught.
-- expect: failed instructions
on("e", function(event)
  pcall(string.find, ("a"):rep(3000), "a*a*a*a*a*b")
  log("alive")
end)
