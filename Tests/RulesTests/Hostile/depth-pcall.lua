-- pcall in pcall, each a level of C.
-- expect: killed time or failed instructions or failed memory
on("e", function(event)
  local function f() pcall(f) f() end
  f()
end)
