-- A set so long, and of such a length, that its steps once were never counted.
-- expect: failed instructions
on("e", function(event)
  local set = "[" .. ("b"):rep(502) .. "]*c"
  local s = ("b"):rep(1e5)
  while true do s:find(set) end
end)
