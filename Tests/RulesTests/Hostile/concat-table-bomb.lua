-- A short list of long texts.
-- expect: failed memory or failed instructions
on("e", function(event)
  local t = {}
  for i = 1, 100 do t[i] = ("x"):rep(1e6) end
  table.concat(t)
end)
