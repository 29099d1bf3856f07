-- The length overflows when the separator is added.
-- expect: failed runtime "too long"
on("e", function(event)
  ("x"):rep(math.maxinteger // 2, "yyy")
end)
