-- The library cannot be gone through.
-- expect: failed runtime "table expected"
on("e", function(event)
  for _ in pairs(string) do end
end)
