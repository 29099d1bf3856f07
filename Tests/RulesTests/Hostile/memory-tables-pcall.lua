-- Tables without end, near the cap, each refusal caught.
-- expect: failed memory or failed instructions
on("e", function(event)
  local t = {}
  while true do pcall(function() t[#t + 1] = {} end) end
end)
