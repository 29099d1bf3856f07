-- What a rule does not have: getmetatable.
-- expect: failed runtime "nil value"
on("e", function(event)
  getmetatable("").__index = nil
end)
