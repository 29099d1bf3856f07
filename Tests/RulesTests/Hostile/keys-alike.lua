-- Long keys that differ in few bytes.
-- expect: failed instructions or failed memory
on("e", function(event)
  local t = {}
  local start = ("x"):rep(2000)
  for i = 1, 1e9 do t[start .. i] = true end
end)
