-- Positions of the event that are no integers.
-- expect: completed "nil nil nil"
on("e", function(event)
  local tags = event.application.tags
  log(tags[1.5], tags[2^53], tags[-1])
end)
