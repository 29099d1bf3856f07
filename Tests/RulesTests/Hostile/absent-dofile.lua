-- What a rule does not have: dofile.
-- expect: failed runtime "nil value"
on("e", function(event)
  dofile("/etc/passwd")
end)
