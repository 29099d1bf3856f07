-- What a rule does not have: rawset.
-- expect: failed runtime "nil value"
on("e", function(event)
  rawset(string, "rep", nil)
end)
