-- A table that claims the greatest size.
-- expect: completed "1"
on("e", function(event)
  local t = table.pack()
  t[math.maxinteger] = 1
  log(t[math.maxinteger])
end)
