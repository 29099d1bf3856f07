-- As many as an honest rule may have: they cost next to nothing.
-- expect: completed "12000"
on("e", function(event)
  local function count(...) return select("#", ...) end
  local sum = 0
  for i = 1, 1000 do sum = sum + count(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) end
  log(sum)
end)
