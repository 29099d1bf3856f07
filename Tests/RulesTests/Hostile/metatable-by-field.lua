-- Metamethods cannot be reached by their names.
-- expect: completed "nil nil nil"
on("e", function(event)
  log(event.__index, string.__index, (""). __index)
end)
