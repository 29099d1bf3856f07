-- Times beyond all calendars.
-- expect: completed "false false false false"
on("e", function(event)
  log((pcall(time.date, 1e300)), (pcall(time.date, -1e300)), (pcall(time.date, 0 / 0)), (pcall(time.format, 1e15)))
end)
