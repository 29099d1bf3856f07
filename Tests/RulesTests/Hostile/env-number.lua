-- An environment that is a number.
-- expect: failed runtime "attempt to index a number"
on("e", function(event)
  _ENV = 1
  x = 1
end)
