-- next sorts the keys each time.
-- expect: failed instructions
on("e", function(event)
  local t = {}
  for i = 1, 3000 do t[i] = i end
  local k
  repeat k = next(t, k) until not k
end)
