-- A loop up to the greatest integer ends.
-- expect: completed "2"
on("e", function(event)
  local n = 0
  for i = math.maxinteger - 1, math.maxinteger do n = n + 1 end
  log(n)
end)
