-- A value that was got is set within itself.
-- expect: completed "done"
on("e", function(event)
  store.set("a", { 1 })
  local a = store.get("a")
  store.set("a", { a, a })
  store.set("b", store.get("a"))
  log("done")
end)
