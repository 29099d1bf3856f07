-- More captures than there are.
-- expect: failed runtime "too many captures"
on("e", function(event)
  ("x"):find(("("):rep(40))
end)
