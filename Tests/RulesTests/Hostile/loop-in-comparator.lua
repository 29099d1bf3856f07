-- The comparison never ends.
-- expect: failed instructions
on("e", function(event)
  table.sort({ 3, 1, 2 }, function() while true do end end)
end)
