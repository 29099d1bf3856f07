-- The library as environment.
-- expect: failed runtime "cannot be changed"
on("e", function(event)
  local _ENV = string
  rep = nil
end)
