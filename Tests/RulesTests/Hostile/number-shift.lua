-- Shifts by more bits than there are.
-- expect: completed "0 0 0"
on("e", function(event)
  log(1 << 64, 1 >> math.maxinteger, 1 << math.mininteger)
end)
