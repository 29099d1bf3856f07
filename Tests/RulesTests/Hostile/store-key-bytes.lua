-- A key of the store that is not UTF-8.
-- expect: failed runtime "not UTF-8"
on("e", function(event)
  store.get("\xff")
end)
