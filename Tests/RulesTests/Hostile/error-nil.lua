-- An error that is nothing.
-- expect: failed runtime "not a text"
on("e", function(event)
  error(nil)
end)
