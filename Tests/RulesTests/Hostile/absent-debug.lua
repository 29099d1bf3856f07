-- What a rule does not have: debug.
-- expect: failed runtime "nil value"
on("e", function(event)
  debug.getinfo(1)
end)
