-- The event amended with itself.
-- expect: failed runtime "cannot be changed" or failed output or completed ""
before("e", function(event)
  for i = 1, 30 do event.note = event end
end)
