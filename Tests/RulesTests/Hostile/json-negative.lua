-- A position below one.
-- expect: failed runtime "neither a text nor a position"
on("e", function(event)
  notify { list = { [-1] = 1 } }
end)
