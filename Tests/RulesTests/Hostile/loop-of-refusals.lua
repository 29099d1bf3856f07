-- Each round is refused for its length, cheaply.
-- expect: failed instructions
on("e", function(event)
  for i = 1, 1e9 do pcall(string.rep, "x", 1e9) end
end)
