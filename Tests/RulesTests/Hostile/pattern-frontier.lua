-- A long set at every frontier.
-- expect: failed instructions
on("e", function(event)
  local f = "%f[" .. ("b"):rep(1e5) .. "]"
  ("a"):rep(1e5):find(f)
end)
