-- An iterator that never ends.
-- expect: failed instructions
on("e", function(event)
  for _ in function() return 1 end do end
end)
