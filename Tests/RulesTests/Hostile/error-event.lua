-- An error that is the event.
-- expect: failed runtime "not a text"
on("e", function(event)
  error(event)
end)
