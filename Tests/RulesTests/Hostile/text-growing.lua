-- A text that grows a letter at a time.
-- expect: failed instructions or failed memory
on("e", function(event)
  local text = ""
  while true do text = text .. "x" end
end)
