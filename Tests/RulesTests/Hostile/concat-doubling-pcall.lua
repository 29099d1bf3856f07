-- A text that doubles; the refusal is caught.
-- expect: failed memory
on("e", function(event)
  local s = "x"
  while true do pcall(function() s = s .. s end) end
end)
