-- Recursion that is no tail call.
-- expect: failed memory
on("e", function(event)
  local function f() return 1 + f() end
  f()
end)
