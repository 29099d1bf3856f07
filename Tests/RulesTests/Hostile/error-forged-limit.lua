-- A message that looks like the lack of memory.
-- expect: failed memory
on("e", function(event)
  pcall(error, "not enough memory", 0)
  log("alive")
end)
