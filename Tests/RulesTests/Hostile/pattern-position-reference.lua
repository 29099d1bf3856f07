-- A position is no text to find again.
-- expect: completed "nil"
on("e", function(event)
  log(("xx"):find("()%1"))
end)
