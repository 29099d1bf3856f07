-- A key of the store with a zero in it.
-- expect: failed runtime "not a key"
on("e", function(event)
  store.set("a\0b", 1)
end)
