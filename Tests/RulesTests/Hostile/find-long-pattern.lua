-- A long pattern whose last letter is special.
-- expect: failed instructions
on("e", function(event)
  local p = ("b"):rep(1e6) .. "%"
  while true do pcall(string.find, "a", p) end
end)
