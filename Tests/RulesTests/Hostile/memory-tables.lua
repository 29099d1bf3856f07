-- Tables without end.
-- expect: failed memory
on("e", function(event)
  local t = {}
  while true do t[#t + 1] = {} end
end)
