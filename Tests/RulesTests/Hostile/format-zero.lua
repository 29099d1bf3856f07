-- A format that ends in its middle, and one with a zero in it.
-- expect: completed "false false"
on("e", function(event)
  log((pcall(string.format, "%")), (pcall(string.format, "%\0d", 1)))
end)
