-- table.concat over all integers.
-- expect: failed instructions
on("e", function(event)
  table.concat({}, "x", -2^62, 2^62)
end)
