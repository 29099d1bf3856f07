-- A message of a megabyte.
-- expect: failed runtime "xxxx"
on("e", function(event)
  error(("x"):rep(1e6), 0)
end)
