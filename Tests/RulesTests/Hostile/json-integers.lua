-- The greatest and the least integer.
-- expect: completed "done"
on("e", function(event)
  notify { most = math.maxinteger, least = math.mininteger, minus = -0.0 }
  log("done")
end)
