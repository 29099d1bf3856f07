-- pcall of pcall of pcall.
-- expect: completed "false" or completed "true" or failed runtime "overflow"
on("e", function(event)
  local arguments = {}
  for i = 1, 250 do arguments[i] = pcall end
  local ok = pcall(table.unpack(arguments))
  log(ok)
end)
