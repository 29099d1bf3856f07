-- A loop without end, by goto.
-- expect: failed instructions
on("e", function(event)
  ::again:: goto again
end)
