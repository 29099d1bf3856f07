-- The separator makes it large.
-- expect: failed runtime "too long"
on("e", function(event)
  ("x"):rep(1e9, "yyy")
end)
