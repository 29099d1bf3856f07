-- A long text is looked for as it is, again and again.
-- expect: failed instructions
on("e", function(event)
  local s, p = ("a"):rep(1e6), ("a"):rep(5e5) .. "b"
  while true do s:find(p, 1, true) end
end)
