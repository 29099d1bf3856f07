-- As many results as the stack holds, of a text.
-- expect: failed instructions
on("e", function(event)
  local s = ("x"):rep(2e5)
  while true do s:byte(1, -1) end
end)
