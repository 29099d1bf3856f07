-- The same, caught.
-- expect: failed effects
on("e", function(event)
  while true do pcall(notify) end
end)
