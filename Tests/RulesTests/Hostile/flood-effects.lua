-- Effects without end.
-- expect: failed effects
on("e", function(event)
  while true do notify {} end
end)
