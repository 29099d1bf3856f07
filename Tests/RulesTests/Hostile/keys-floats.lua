-- Fractions that fall into one another's places.
-- expect: failed instructions or failed memory
on("e", function(event)
  local t = {}
  for i = 1, 1e9 do t[i * 2 ^ -30] = true end
end)
