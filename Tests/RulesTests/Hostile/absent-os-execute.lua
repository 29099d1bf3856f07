-- What a rule does not have: os.execute.
-- expect: failed runtime "nil value"
on("e", function(event)
  os.execute("id")
end)
