-- What a rule does not have: package.
-- expect: failed runtime "nil value"
on("e", function(event)
  package.loadlib("libc.so.6", "system")
end)
