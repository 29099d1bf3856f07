-- next looks for what is left in a table that was large.
-- expect: failed instructions or killed time
on("e", function(event)
  local t = {}
  for i = 1, 50000 do t[i] = i end
  for i = 1, 50000 do t[i] = nil end
  while true do next(t) end
end)
