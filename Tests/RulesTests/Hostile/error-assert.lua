-- assert with a table, and without anything.
-- expect: failed runtime "not a text"
on("e", function(event)
  pcall(assert)
  assert(false, {})
end)
