-- The same, caught.
-- expect: failed memory
on("e", function(event)
  local function f(n) return n + f(n + 1) end
  pcall(f, 1)
  log("alive")
end)
