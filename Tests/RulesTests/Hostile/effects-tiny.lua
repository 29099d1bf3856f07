-- As many small effects as there may be, and one more, each in a pcall.
-- expect: failed effects
on("e", function(event)
  while true do pcall(notify, { text = "" }) end
end)
