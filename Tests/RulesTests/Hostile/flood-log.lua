-- Lines without end.
-- expect: failed output
on("e", function(event)
  while true do log("xxxxxxxxxxxxxxxx") end
end)
