-- The library as a table to insert into.
-- expect: failed runtime "table expected"
on("e", function(event)
  table.insert(string, "x")
end)
