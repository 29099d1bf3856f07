-- The comparison empties the list.
-- expect: completed "5"
on("e", function(event)
  local t = { 5, 4, 3, 2, 1 }
  table.sort(t, function(a, b) for i = 1, 5 do t[i] = nil end return a < b end)
  log(#t)
end)
