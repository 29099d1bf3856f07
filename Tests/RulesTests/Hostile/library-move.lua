-- The library as a table to move into.
-- expect: failed runtime "table expected"
on("e", function(event)
  table.move({ 1 }, 1, 1, 1, math)
end)
