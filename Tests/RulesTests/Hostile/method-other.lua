-- A method called on another kind of thing.
-- expect: failed runtime "with a colon"
on("e", function(event)
  event.application.move(event.application.candidate, "hired")
end)
