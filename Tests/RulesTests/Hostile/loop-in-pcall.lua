-- A loop, and a pcall that would go on behind it.
-- expect: failed instructions
on("e", function(event)
  pcall(function() while true do end end)
  log("alive")
end)
