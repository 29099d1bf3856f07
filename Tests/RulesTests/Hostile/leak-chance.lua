-- Chance as a counter between runs.
-- expect: completed "true"
on("e", function()
  local first = random(1 << 40)
  log(first == random(1 << 40) or first ~= nil)
end)
