-- A number that is none.
-- expect: failed runtime "not finite"
on("e", function(event)
  notify { x = 0 / 0 }
end)
