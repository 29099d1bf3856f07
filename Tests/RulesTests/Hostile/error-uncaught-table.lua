-- The error that ends the run is a huge table.
-- expect: failed runtime
on("e", function(event)
  local large = {}
  for i = 1, 20000 do large[i] = { i } end
  error(large)
end)
