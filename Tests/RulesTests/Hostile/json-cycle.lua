-- A table that holds itself.
-- expect: failed runtime "nested too deeply"
on("e", function(event)
  local t = {}
  t.t = t
  notify { cycle = t }
end)
