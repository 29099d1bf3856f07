-- Questions without end.
-- expect: failed reads
on("e", function(event)
  for i = 1, 1e9 do store.get("k" .. i) end
end)
