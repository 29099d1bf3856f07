-- A library has no __close.
-- expect: failed runtime "non-closable"
on("e", function(event)
  local x <close> = string
end)
