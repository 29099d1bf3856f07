-- A key of the store that is too long.
-- expect: failed runtime "not a key"
on("e", function(event)
  store.get(("k"):rep(300))
end)
