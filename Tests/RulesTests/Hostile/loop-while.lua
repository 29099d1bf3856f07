-- A loop without end.
-- expect: failed instructions
on("e", function(event)
  while true do end
end)
