-- What a rule does not have: string.dump.
-- expect: failed runtime "nil value"
on("e", function(event)
  string.dump(function() end)
end)
