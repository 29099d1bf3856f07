-- The same, caught.
-- expect: failed output
on("e", function(event)
  pcall(log, ("x"):rep(1e6))
  log("alive")
end)
