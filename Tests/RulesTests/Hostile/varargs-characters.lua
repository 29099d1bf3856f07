-- Thousands of bytes made into a text, again and again.
-- expect: failed instructions
on("e", function(event)
  local t = {}
  for i = 1, 9000 do t[i] = 65 end
  local function text(...) while true do string.char(...) end end
  text(table.unpack(t))
end)
