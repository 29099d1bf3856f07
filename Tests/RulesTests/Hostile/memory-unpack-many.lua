-- A hundred million values.
-- expect: failed runtime "too many values"
on("e", function(event)
  table.unpack({}, 1, 1e8)
end)
