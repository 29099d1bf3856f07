-- Calls in calls, each handing on what the inner one returns.
-- expect: failed instructions
on("e", function(event)
  local t = {}
  for i = 1, 9000 do t[i] = i end
  local function same(...) return ... end
  local function all(...) while true do same(same(same(same(...)))) end end
  all(table.unpack(t))
end)
