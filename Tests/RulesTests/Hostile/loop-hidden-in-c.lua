-- Work in C that no count of instructions sees is paid for ahead.
-- expect: failed instructions
on("e", function(event)
  local s = ("x"):rep(1e6)
  while true do s:upper() end
end)
