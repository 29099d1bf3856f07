-- A comparison that throws dice.
-- expect: completed "1000"
on("e", function(event)
  local t = {}
  for i = 1, 1000 do t[i] = i end
  table.sort(t, function() return random(2) == 1 end)
  log(#t)
end)
