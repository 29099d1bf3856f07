-- Empty lines without end.
-- expect: failed output
on("e", function(event)
  while true do print() end
end)
