-- A message that claims another place.
-- expect: failed runtime "other:1: lie"
on("e", function(event)
  error("other:1: lie", 0)
end)
