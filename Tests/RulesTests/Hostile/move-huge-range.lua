-- table.move over a range that has no end.
-- expect: failed instructions
on("e", function(event)
  table.move({}, 1, 2^62, 2)
end)
