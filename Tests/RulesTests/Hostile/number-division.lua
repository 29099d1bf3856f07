-- An integer divided by zero.
-- expect: failed runtime "divide by zero"
on("e", function(event)
  return 1 // 0
end)
