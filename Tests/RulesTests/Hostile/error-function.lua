-- An error that is a function.
-- expect: failed runtime "not a text"
on("e", function(event)
  error(error)
end)
