-- All arguments joined, again and again.
-- expect: failed instructions
on("e", function(event)
  local t = {}
  for i = 1, 9000 do t[i] = "x" end
  local function join(...) while true do table.concat({ ... }) end end
  join(table.unpack(t))
end)
