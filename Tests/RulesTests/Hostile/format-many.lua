-- A million arguments' worth of text.
-- expect: failed memory
on("e", function(event)
  local s = ("x"):rep(1e6)
  string.format(("%s"):rep(20), s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s)
end)
