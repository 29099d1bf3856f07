-- The greatest of thousands, again and again.
-- expect: failed instructions
on("e", function(event)
  local t = {}
  for i = 1, 9000 do t[i] = i end
  local function greatest(...) while true do math.max(...) end end
  greatest(table.unpack(t))
end)
