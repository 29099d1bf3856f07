-- Closures that hold each other.
-- expect: failed memory
on("e", function(event)
  local f
  while true do
    local g = f
    f = function() return g end
  end
end)
