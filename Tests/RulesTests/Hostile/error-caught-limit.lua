-- What pcall gives for a limit cannot be thrown again as something else.
-- expect: failed effects
on("e", function(event)
  local ok, e = pcall(function() while true do notify {} end end)
  error(e or "mine")
end)
