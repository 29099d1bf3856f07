-- An integer modulo zero.
-- expect: failed runtime "attempt to perform"
on("e", function(event)
  return 1 % 0
end)
