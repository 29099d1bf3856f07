-- What a rule does not have: load.
-- expect: failed runtime "nil value"
on("e", function(event)
  load("while true do end")()
end)
