-- An environment of its own.
-- expect: completed ""
on("e", function(event)
  local _ENV = {}
  x = 1
end)
