-- What was got stays readable when it is deleted.
-- expect: completed "1"
on("e", function(event)
  store.set("a", { 1 })
  local a = store.get("a")
  store.delete("a")
  store.set("a", 2)
  log(a[1])
end)
