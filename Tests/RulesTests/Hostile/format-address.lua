-- %p would tell an address.
-- expect: failed runtime "invalid conversion"
on("e", function(event)
  string.format("%p", {})
end)
