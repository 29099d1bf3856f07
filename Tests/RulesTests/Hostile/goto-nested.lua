-- Jumps out of loops into their beginnings.
-- expect: failed instructions
on("e", function(event)
  ::again::
  for i = 1, 3 do
    for j = 1, 3 do
      if j == 2 then goto again end
    end
  end
end)
