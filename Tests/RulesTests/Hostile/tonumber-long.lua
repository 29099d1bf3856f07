-- Numbers with a million digits.
-- expect: failed instructions
on("e", function(event)
  local s = ("9"):rep(1e6)
  while true do tonumber(s) end
end)
