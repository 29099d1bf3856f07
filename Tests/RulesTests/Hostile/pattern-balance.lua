-- Brackets that never close.
-- expect: failed instructions
on("e", function(event)
  local s = ("("):rep(100000)
  while true do s:find("%b()") end
end)
