-- The event has no __close.
-- expect: failed runtime "non-closable"
on("e", function(event)
  local x <close> = event
end)
