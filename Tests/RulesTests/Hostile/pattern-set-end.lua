-- The end of a long set is looked for at every letter.
-- expect: failed instructions
on("e", function(event)
  local set = "[" .. ("b"):rep(1e5) .. "]"
  ("a"):rep(1e5):find(set)
end)
