-- gmatch over what gmatch gives.
-- expect: failed memory
on("e", function(event)
  local function f() for w in ("x"):gmatch("x") do f() end end
  f()
end)
