-- What a rule does not have: setmetatable.
-- expect: failed runtime "nil value"
on("e", function(event)
  setmetatable({}, { __gc = function() while true do end end })
end)
