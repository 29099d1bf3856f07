-- An amendment of a megabyte.
-- expect: failed output
before("e", function(event)
  event.note = ("x"):rep(1e6)
end)
