-- The event as effects, over and over.
-- expect: failed output
on("e", function(event)
  while true do notify { all = event } end
end)
