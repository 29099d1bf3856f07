-- A text of four exabytes.
-- expect: failed runtime "too long"
on("e", function(event)
  ("x"):rep(2^62)
end)
