-- Amendments without end.
-- expect: failed output
before("e", function(event)
  while true do event.note = "xxxxxxxxxxxxxxxx" end
end)
