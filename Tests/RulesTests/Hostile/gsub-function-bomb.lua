-- A function gives a long text for each letter.
-- expect: failed memory or failed instructions
on("e", function(event)
  local long = ("x"):rep(1e6)
  long:gsub("x", function() return long end)
end)
