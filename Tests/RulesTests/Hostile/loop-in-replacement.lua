-- The replacement of a gsub never ends.
-- expect: failed instructions
on("e", function(event)
  ("x"):gsub("x", function() while true do end end)
end)
