-- A width from the arguments.
-- expect: failed runtime "invalid conversion"
on("e", function(event)
  string.format("%*d", 100, 1)
end)
