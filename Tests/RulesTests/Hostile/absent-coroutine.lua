-- What a rule does not have: coroutine.
-- expect: failed runtime "nil value"
on("e", function(event)
  coroutine.wrap(function() while true do end end)()
end)
