-- Keys that have no order.
-- expect: failed runtime "no order"
on("e", function(event)
  for key in pairs({ [{}] = 1 }) do end
end)
