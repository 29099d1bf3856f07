-- Through pcall, which would swallow a limit.
-- expect: failed instructions
on("e", function(event)
  local t = {}
  for i = 1, 9000 do t[i] = i end
  local function try(...) while true do pcall(select, "#", ...) end end
  pcall(try, table.unpack(t))
end)
