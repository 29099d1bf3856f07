-- Sorting a long list without end.
-- expect: failed instructions
on("e", function(event)
  local t = {}
  for i = 1, 1e5 do t[i] = -i end
  while true do table.sort(t) end
end)
