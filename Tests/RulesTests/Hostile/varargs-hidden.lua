-- A hundred plain instructions between one copy and the next.
-- expect: failed instructions
on("e", function(event)
  local t = {}
  for i = 1, 9000 do t[i] = i end
  local function idle() for i = 1, 48 do end end
  local function copy(...) while true do select("#", ...) idle() end end
  copy(table.unpack(t))
end)
