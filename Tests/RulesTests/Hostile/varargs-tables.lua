-- A table of all arguments, again and again.
-- expect: failed instructions
on("e", function(event)
  local t = {}
  for i = 1, 9000 do t[i] = i end
  local function copy(...) while true do local x = { ... } end end
  copy(table.unpack(t))
end)
