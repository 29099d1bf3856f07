-- Light userdata and numbers are no keys to the registry.
-- expect: completed "nil nil"
on("e", function(event)
  log(_ENV[1], _ENV[print])
end)
