-- A text that doubles.
-- expect: failed memory
on("e", function(event)
  local s = "x"
  while true do s = s .. s end
end)
