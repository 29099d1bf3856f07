-- What a rule does not have: os.remove.
-- expect: failed runtime "nil value"
on("e", function(event)
  os.remove("/tmp/x")
end)
