-- What a rule does not have: collectgarbage.
-- expect: failed runtime "nil value"
on("e", function(event)
  collectgarbage("stop")
end)
