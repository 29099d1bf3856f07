-- A script's own globals hide the library from itself only.
-- expect: completed "mine"
on("e", function(event)
  pairs = nil
  _ENV.log("mine")
end)
