-- A method of the event cannot be replaced.
-- expect: failed runtime "cannot be changed"
on("e", function(event)
  event.application.move = print
end)
