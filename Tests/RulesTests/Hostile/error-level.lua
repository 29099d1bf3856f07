-- A level beyond the stack.
-- expect: failed runtime "far"
on("e", function(event)
  error("far", 1e6)
end)
