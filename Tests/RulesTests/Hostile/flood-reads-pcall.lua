-- The same, caught.
-- expect: failed reads
on("e", function(event)
  while true do pcall(find, "job", "1") end
end)
