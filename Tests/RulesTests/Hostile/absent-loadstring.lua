-- What a rule does not have: loadstring.
-- expect: failed runtime "nil value"
on("e", function(event)
  loadstring("return 1")
end)
