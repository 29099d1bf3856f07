-- A method called on a table that looks alike.
-- expect: failed runtime "with a colon"
on("e", function(event)
  event.application.move({ id = "app-2" }, "hired")
end)
