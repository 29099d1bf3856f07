-- Packed and unpacked again and again.
-- expect: failed instructions
on("e", function(event)
  local t = {}
  for i = 1, 9000 do t[i] = i end
  while true do t = table.pack(table.unpack(t, 1, 9000)) end
end)
