-- A comparison that always says yes.
-- expect: completed "10000"
on("e", function(event)
  local t = {}
  for i = 1, 1e4 do t[i] = i end
  table.sort(t, function() return true end)
  log(#t)
end)
