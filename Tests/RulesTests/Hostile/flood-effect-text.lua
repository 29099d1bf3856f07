-- One effect of a megabyte.
-- expect: failed output
on("e", function(event)
  notify { text = ("x"):rep(1e6) }
end)
