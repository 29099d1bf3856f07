-- A small table that is exponentially large as JSON.
-- expect: failed output
on("e", function(event)
  local t = {}
  for i = 1, 25 do t = { t, t } end
  notify { bomb = t }
end)
