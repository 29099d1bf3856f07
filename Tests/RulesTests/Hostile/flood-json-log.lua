-- The same, logged.
-- expect: failed output
on("e", function(event)
  local t = {}
  for i = 1, 25 do t = { t, t } end
  log(t)
end)
