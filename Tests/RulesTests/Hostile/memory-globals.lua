-- Globals with long names.
-- expect: failed memory or failed instructions
on("e", function(event)
  for i = 1, 1e9 do _ENV[("x"):rep(1e5) .. i] = 1 end
end)
