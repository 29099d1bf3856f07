-- A comparison of what has no order.
-- expect: failed runtime "attempt to compare"
on("e", function(event)
  return event < event
end)
