-- Positions beyond both ends.
-- expect: completed "nil nil 1"
on("e", function(event)
  log(("x"):find("x", math.maxinteger), (("x"):find("x", 3)), (("x"):find("x", math.mininteger)))
end)
