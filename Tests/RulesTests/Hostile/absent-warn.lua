-- What a rule does not have: warn.
-- expect: failed runtime "nil value"
on("e", function(event)
  warn("@on")
end)
