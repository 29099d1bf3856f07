-- A key that is not a number.
-- expect: failed runtime "index is NaN"
on("e", function(event)
  local t = {}
  t[0 / 0] = 1
end)
