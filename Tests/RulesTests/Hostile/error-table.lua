-- An error that is a table.
-- expect: failed runtime "not a text"
on("e", function(event)
  error({ secret = 1 })
end)
