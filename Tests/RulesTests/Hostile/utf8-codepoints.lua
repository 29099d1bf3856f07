-- As many results as the stack holds.
-- expect: failed instructions
on("e", function(event)
  local s = ("x"):rep(2e5)
  while true do utf8.codepoint(s, 1, -1) end
end)
