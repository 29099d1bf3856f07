-- A text as a table.
-- expect: failed runtime "attempt to index a string value"
on("e", function(event)
  ("").x = 1
end)
