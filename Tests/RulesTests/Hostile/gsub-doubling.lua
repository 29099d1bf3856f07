-- Each round the replacement doubles the text.
-- expect: failed memory or failed instructions
on("e", function(event)
  local s = "xx"
  while true do s = s:gsub("x", "xx") end
end)
