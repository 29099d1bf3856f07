-- %0 is no capture of a pattern.
-- expect: failed runtime "invalid capture"
on("e", function(event)
  ("xx"):find("x%0")
end)
