-- A function is no data.
-- expect: failed runtime "holds a function"
on("e", function(event)
  notify { f = print }
end)
