-- Far positions, with lengths asked for in between.
-- expect: failed instructions or failed memory
on("e", function(event)
  local t = {}
  local n = 0
  for i = 0, 50 do t[2 ^ i] = true end
  while true do n = n + #t end
end)
