-- A table that doubles its hash.
-- expect: failed memory
on("e", function(event)
  local t = {}
  for i = 1, 1e9 do t[-i] = true end
end)
