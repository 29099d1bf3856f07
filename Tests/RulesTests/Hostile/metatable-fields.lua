-- Fields that would mean something in a metatable.
-- expect: completed "plain"
on("e", function(event)
  local t = { __mode = "k", __gc = print, __index = error, __close = error, __call = error }
  t = nil
  log("plain")
end)
