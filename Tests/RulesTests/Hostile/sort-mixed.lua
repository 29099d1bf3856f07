-- Values that cannot be compared.
-- expect: failed runtime "attempt to compare"
on("e", function(event)
  table.sort({ 1, "x", {} })
end)
