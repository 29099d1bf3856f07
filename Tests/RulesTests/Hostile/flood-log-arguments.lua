-- One line of ten thousand arguments.
-- expect: failed output
on("e", function(event)
  local t = {}
  for i = 1, 9999 do t[i] = "xx" end
  log(table.unpack(t))
end)
