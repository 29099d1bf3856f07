-- What a rule does not have: debug.registry.
-- expect: failed runtime "nil value"
on("e", function(event)
  debug.getregistry()
end)
