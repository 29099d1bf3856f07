-- More results than the stack can hold.
-- expect: failed runtime "string slice too long"
on("e", function(event)
  ("x"):rep(1048576):byte(1, -1)
end)
