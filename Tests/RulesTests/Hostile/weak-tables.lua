-- Weak tables crash Lua 5.4.4 under a memory cap; they cannot be made.
-- expect: failed runtime "nil value"
on("e", function(event)
  local weak = setmetatable({}, { __mode = "k" })
  while true do weak[{}] = ("x"):rep(1e5) end
end)
