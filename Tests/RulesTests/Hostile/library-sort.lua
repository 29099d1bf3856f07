-- The library as a table to sort.
-- expect: failed runtime "table expected"
on("e", function(event)
  table.sort(store)
end)
