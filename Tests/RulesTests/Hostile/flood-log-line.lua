-- One very long line.
-- expect: failed output
on("e", function(event)
  log(("x"):rep(1e6))
end)
