-- Names and positions mixed.
-- expect: failed runtime "mixes names and positions"
on("e", function(event)
  notify { list = { 1, x = 2 } }
end)
