-- A number in a text of a million blanks is one instruction.
-- expect: killed time or failed instructions
on("e", function(event)
  local s = (" "):rep(1e6) .. "1"
  while true do math.floor(s) end
end)
