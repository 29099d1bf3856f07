-- A number without end.
-- expect: failed runtime "not finite"
on("e", function(event)
  store.set("x", -1 / 0)
end)
