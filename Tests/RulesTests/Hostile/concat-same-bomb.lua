-- One long text, joined with itself many times.
-- expect: failed memory
on("e", function(event)
  local t, s = {}, ("x"):rep(1e6)
  for i = 1, 1000 do t[i] = s end
  table.concat(t)
end)
