-- What a rule does not have: string.pack.
-- expect: failed runtime "nil value"
on("e", function(event)
  string.pack("i16", 1)
end)
