-- Bytecode can be a text; nothing takes it.
-- expect: completed "nil nil"
on("e", function(event)
  local code = "\27Lua\x54\0"
  log(load, loadstring)
end)
