-- A table nested a thousand times.
-- expect: failed runtime "nested too deeply"
on("e", function(event)
  local t = {}
  for i = 1, 1000 do t = { t } end
  notify { deep = t }
end)
