-- What a rule does not have: globals.
-- expect: failed runtime "nil value"
on("e", function(event)
  _G.string = nil
end)
