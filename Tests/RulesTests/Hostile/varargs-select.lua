-- Counting the same thousands of arguments again and again.
-- expect: failed instructions
on("e", function(event)
  local t = {}
  for i = 1, 9000 do t[i] = i end
  local function count(...) while true do select("#", ...) end end
  count(table.unpack(t))
end)
