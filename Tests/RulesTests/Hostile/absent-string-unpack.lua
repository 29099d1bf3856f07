-- What a rule does not have: string.unpack.
-- expect: failed runtime "nil value"
on("e", function(event)
  string.unpack("s", "\xff\xff\xff\xff")
end)
