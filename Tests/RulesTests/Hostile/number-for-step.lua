-- A step of zero.
-- expect: failed runtime "step is zero"
on("e", function(event)
  for i = 1, 2, 0 do end
end)
