-- The comparison throws in the middle.
-- expect: failed runtime "enough"
on("e", function(event)
  local n = 0
  local t = {}
  for i = 1, 1000 do t[i] = -i end
  table.sort(t, function(a, b) n = n + 1 if n > 500 then error("enough") end return a < b end)
end)
