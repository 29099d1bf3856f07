-- A name that is not UTF-8.
-- expect: failed runtime "not UTF-8"
on("e", function(event)
  notify { [ "\xff" ] = 1 }
end)
