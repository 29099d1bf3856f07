-- Without an environment there are no globals.
-- expect: failed runtime "attempt to index a nil value"
on("e", function(event)
  _ENV = nil
  x = 1
end)
