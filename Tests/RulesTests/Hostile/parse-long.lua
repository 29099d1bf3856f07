-- A time with a million digits behind the point.
-- expect: failed instructions
on("e", function(event)
  local s = "2026-01-01T00:00:00." .. ("9"):rep(1e6)
  while true do time.parse(s) end
end)
