-- Nothing, as often as can be.
-- expect: completed "done"
on("e", function(event)
  ("").rep("", 2^62)
  log("done")
end)
