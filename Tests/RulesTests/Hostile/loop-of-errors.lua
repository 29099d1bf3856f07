-- Errors without end.
-- expect: failed instructions
on("e", function(event)
  repeat pcall(error) until false
end)
