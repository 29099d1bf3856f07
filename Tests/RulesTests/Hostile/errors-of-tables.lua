-- Errors that are large tables, thrown without end.
-- expect: failed instructions or failed memory
on("e", function(event)
  local large = {}
  for i = 1, 1000 do large[i] = { i } end
  while true do pcall(error, { large, { large } }) end
end)
