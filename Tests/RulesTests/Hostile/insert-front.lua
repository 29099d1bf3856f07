-- Each insertion moves all the others.
-- expect: failed instructions
on("e", function(event)
  local t = {}
  while true do table.insert(t, 1, 1) end
end)
