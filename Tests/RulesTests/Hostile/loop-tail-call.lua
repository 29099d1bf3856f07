-- Tail calls without end take no stack.
-- expect: failed instructions
on("e", function(event)
  local function f() return f() end
  f()
end)
