-- What a rule does not have: xpcall.
-- expect: failed runtime "nil value"
on("e", function(event)
  xpcall(error, function() while true do end end)
end)
