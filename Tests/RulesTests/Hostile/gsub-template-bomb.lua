-- A long replacement for each letter.
-- expect: failed memory or failed instructions
on("e", function(event)
  local r = ("%0"):rep(5000)
  local s = ("x"):rep(5000)
  s:gsub("x", r)
end)
