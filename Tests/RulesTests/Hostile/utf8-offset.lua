-- Looking for the last character of a long text.
-- expect: failed instructions
on("e", function(event)
  local s = ("ä"):rep(5e5)
  while true do utf8.offset(s, -5e5) end
end)
