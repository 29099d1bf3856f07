-- A list with holes as long as all integers.
-- expect: failed runtime "list with holes"
on("e", function(event)
  notify { list = { [1] = 1, [math.maxinteger] = 2 } }
end)
