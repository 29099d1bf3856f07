-- A table replaces each letter, without end.
-- expect: failed instructions
on("e", function(event)
  local text = ("x"):rep(10000)
  while true do text:gsub("x", { x = "y" }) end
end)
