-- C's %n writes to memory.
-- expect: failed runtime "invalid conversion"
on("e", function(event)
  string.format("%n", 1)
end)
