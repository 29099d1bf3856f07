-- Values from the other end of the integers.
-- expect: failed runtime "too many values"
on("e", function(event)
  table.unpack({}, math.mininteger, math.maxinteger)
end)
