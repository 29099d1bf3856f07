-- What a rule does not have: os.exit.
-- expect: failed runtime "nil value"
on("e", function(event)
  os.exit(0)
end)
